// Makes src/api/generated.ts from the committed OpenAPI document. With --check it only tells whether it would change.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const document = new URL('../../openapi/havenkeep.json', import.meta.url);
const target = new URL('../src/api/generated.ts', import.meta.url);

export async function generate() {
  const types = astToString(
    await openapiTS(document, { alphabetize: true, defaultNonNullable: false, emptyObjectsUnknown: true }),
  );
  return `// Generated from openapi/havenkeep.json by "npm run api".\n\n${types}`;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const generated = await generate();
  if (process.argv.includes('--check')) {
    if (readFileSync(target, 'utf8') !== generated) {
      console.error('src/api/generated.ts is out of date: run "npm run api".');
      process.exit(1);
    }
  } else {
    writeFileSync(target, generated);
  }
}
