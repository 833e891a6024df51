/** Name and description, the two languages side by side: what is missing in one is seen at once. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../parts/field.tsx';
import { problemAt } from './check-draft.ts';
import type { FormParts } from './editor.tsx';

const LANGUAGES = [
  { name: 'nameEn', description: 'descriptionEn', label: 'product.english', lang: 'en', path: 'en' },
  { name: 'nameZh', description: 'descriptionZh', label: 'product.chinese', lang: 'zh-Hans', path: 'zh' },
] as const;

export function Texts({ draft, change, problems }: FormParts): ReactNode {
  const { t } = useTranslation();
  return (
    <section className="panel">
      <h2>{t('product.texts')}</h2>
      <div className="two-columns">
        {LANGUAGES.map(({ name, description, label, lang, path }) => (
          <fieldset key={name} className="plain-set">
            <legend>{t(label)}</legend>
            <Field label={t('product.name')} problem={problems['name'] ?? problemAt(problems, `name.${path}`)}>
              {(control) => <input {...control} className="input" lang={lang} value={draft[name]} maxLength={255} onChange={(event) => change({ [name]: event.target.value })} />}
            </Field>
            <Field label={t('product.description')} problem={problemAt(problems, `description.${path}`)}>
              {(control) => <textarea {...control} className="input" lang={lang} rows={6} value={draft[description]} maxLength={20_000} onChange={(event) => change({ [description]: event.target.value })} />}
            </Field>
          </fieldset>
        ))}
      </div>
    </section>
  );
}
