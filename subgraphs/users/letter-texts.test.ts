import { expect, test } from 'vitest';
import { LETTER_KINDS, linkOf, writeLetter } from './letter-texts.ts';

test.each(LETTER_KINDS.flatMap((kind) => (['en', 'zh'] as const).map((language) => [kind, language] as const)))(
  '%s in %s has text, HTML and the link in both',
  (kind, language) => {
    const link = linkOf(kind, 'https://mall.example', 'secret-token');
    const letter = writeLetter(kind, language, 'Ann', link);
    expect(letter.text).toContain(link);
    expect(letter.html).toContain(`href="${link}"`);
    expect(letter.html).toContain(`<html lang="${language}">`);
    expect(letter.text).toContain('Ann');
    expect(/[\u4e00-\u9fff]/.test(letter.subject)).toBe(language === 'zh');
  },
);

test('links lead where the storefront expects them', () => {
  expect(linkOf('verify-email', 'https://mall.example', 'a-b_c')).toBe('https://mall.example/verify-email?token=a-b_c');
  expect(linkOf('reset-password', 'https://mall.example', 'a-b_c')).toBe('https://mall.example/reset-password?token=a-b_c');
});

test('a name cannot put markup into a letter', () => {
  const { html } = writeLetter('verify-email', 'en', '<img src=x onerror=alert(1)>', 'https://mall.example/');
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;img src=x');
});
