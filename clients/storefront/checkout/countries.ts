/** Countries by their names in the reader's language; those most likely come first. */
import type { Language } from '../../shared/language.ts';

/** ISO 3166-1 alpha-2, without territories nobody ships to. */
const CODES =
  'AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HK HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VN VU WS YE ZA ZM ZW'.split(' ');

export interface Country { code: string; name: string }

export function countries(language: Language, preferred: readonly string[]): { first: Country[]; others: Country[] } {
  const names = new Intl.DisplayNames([language === 'zh' ? 'zh-Hans' : 'en'], { type: 'region' });
  const country = (code: string): Country => ({ code, name: names.of(code) ?? code });
  const others = CODES.filter((code) => !preferred.includes(code)).map(country);
  others.sort((one, other) => one.name.localeCompare(other.name, language));
  return { first: preferred.map(country), others };
}

export function countryName(code: string, language: Language): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames([language === 'zh' ? 'zh-Hans' : 'en'], { type: 'region' }).of(code) ?? code;
}

/** The country of the browser's language, `de-AT` → AT; else the first that is preferred. */
export function guessCountry(languages: readonly string[], preferred: readonly string[]): string {
  for (const language of languages) {
    const region = /-([A-Z]{2})\b/.exec(language)?.[1];
    if (region && CODES.includes(region)) return region;
  }
  return preferred[0] ?? 'US';
}
