// Adds up JUnit reports and the steps that produced them; its last line is "N passed, N failed".
// usage: node packaging/summary.mjs FOLDER...   (a folder may hold steps.tsv: "passed|failed<TAB>name" a line)
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Test cases of a JUnit report; a test that was tried again counts as its last try. */
export function readReport(xml) {
  const cases = new Map();
  // A case is either empty or holds what went wrong; nothing nests inside it but text.
  for (const [, attributes, , content = ''] of xml.matchAll(/<testcase\b((?:[^>"]|"[^"]*")*?)(\/>|>([^]*?)<\/testcase>)/g)) {
    const name = `${attribute(attributes, 'classname')} ${attribute(attributes, 'name')}`.trim();
    const outcome = /<(failure|error)\b/.test(withoutText(content))
      ? 'failed'
      : /<skipped\b/.test(withoutText(content))
        ? 'skipped'
        : 'passed';
    let key = name;
    for (let n = 2; cases.has(key); n += 1) {
      key = `${name} (${n})`; // parameterised tests may share a name
    }
    cases.set(key, outcome);
  }
  return cases;
}

/** What a test printed may look like markup; it is escaped or in CDATA. */
function withoutText(content) {
  return content.replace(/<!\[CDATA\[[^]*?\]\]>/g, '');
}

function attribute(attributes, name) {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
  return value.replace(/&(amp|lt|gt|quot|apos|#(\d+));/g, (_, entity, code) =>
    code ? String.fromCodePoint(Number(code)) : { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[entity],
  );
}

/** Adds everything up: a failed step counts as one failure when no test of it is known to have failed. */
export function summarise(folders) {
  const total = { passed: 0, failed: 0, skipped: 0, failures: [] };
  const failedSteps = [];
  for (const folder of folders.filter((folder) => existsSync(folder))) {
    for (const file of readdirSync(folder)) {
      const path = join(folder, file);
      if (file.endsWith('.xml')) {
        for (const [name, outcome] of readReport(readFileSync(path, 'utf8'))) {
          total[outcome] += 1;
          if (outcome === 'failed') {
            total.failures.push(name);
          }
        }
      } else if (file === 'steps.tsv') {
        for (const line of readFileSync(path, 'utf8').split('\n').filter(Boolean)) {
          const [result, name] = line.split('\t');
          if (result === 'failed') {
            failedSteps.push(name);
          }
        }
      }
    }
  }
  if (failedSteps.length > total.failures.length) {
    const unexplained = failedSteps.length - total.failures.length;
    total.failed += unexplained;
  }
  total.failures.push(...failedSteps.map((name) => `step: ${name}`));
  return total;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { passed, failed, skipped, failures } = summarise(process.argv.slice(2));
  console.log('');
  for (const failure of failures) {
    console.log(`FAILED  ${failure}`);
  }
  if (skipped > 0) {
    console.log(`${skipped} skipped`);
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
