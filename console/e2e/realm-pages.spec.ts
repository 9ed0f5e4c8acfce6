import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expectFitsPhone, expectNoViolations, test } from './support';

const CONTROL_PLANE = new URL('../../control-plane/src/', import.meta.url);
const GOLDEN = fileURLToPath(new URL('test/resources/pages/golden/', CONTROL_PLANE));
const SHEET = readFileSync(new URL('main/resources/pages/page.css', CONTROL_PLANE), 'utf8');

/** A page as the control plane renders it: its golden file, with the style sheet that was left out of it. */
function rendered(file: string): string {
  const [, ...document] = readFileSync(GOLDEN + file, 'utf8').split('\n\n');
  return document
    .join('\n\n')
    .replace('<style>…</style>', () => `<style>${SHEET}</style>`)
    .replace(/<script>…<\/script>/g, '')
    .replace(/<meta http-equiv="refresh"[^>]*>/, '')
    .replace(/(src|srcset)="https:[^"]*"/g, '$1="data:image/gif;base64,R0lGODlhAQABAAAAACw="');
}

for (const letters of ['a-d', 'e-r', 's-z']) {
  test(`every page of a realm is accessible and fits a phone: ${letters}`, async ({ page }) => {
    for (const file of readdirSync(GOLDEN).filter((name) => new RegExp(`^[${letters}]`).test(name))) {
      await page.setContent(rendered(file));
      // What scripts show where there are any.
      await page
        .locator('form[hidden], button[hidden]')
        .evaluateAll((elements) => elements.forEach((element) => element.removeAttribute('hidden')));
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await expectNoViolations(page, `${file}, light`);
      // Nothing but colours differs.
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      await expectNoViolations(page, `${file}, dark`, ['color-contrast']);
      await expectFitsPhone(page, file);
    }
  });
}
