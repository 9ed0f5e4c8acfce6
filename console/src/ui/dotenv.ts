/** One variable of a pasted .env file. */
export interface Entry {
  name: string;
  value: string;
}

export interface Parsed {
  entries: Entry[];
  /** What could not be read, with the line that it stands in. */
  faults: { line: number; message: string }[];
}

const NAME = /^(?:export\s+)?([^\s=#'"]+)\s*=/;

/**
 * Reads the format that .env files have in practice: NAME=value, an optional `export`, comments, single quotes that
 * keep everything, double quotes with escapes, both over several lines, and ` #` comments after unquoted values.
 * Nothing is substituted. A name that comes twice has its last value.
 */
export function parseDotenv(text: string): Parsed {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  const values = new Map<string, string>();
  const faults: Parsed['faults'] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = (lines[index] ?? '').trim();
    if (line === '' || line.startsWith('#')) continue;
    const match = NAME.exec(line);
    const name = match?.[1];
    if (match === null || name === undefined) {
      faults.push({ line: index + 1, message: 'is not of the form NAME=value' });
      continue;
    }
    const rest = line.slice(match[0].length).trimStart();
    const quote = rest.charAt(0);
    if (quote !== '"' && quote !== "'") {
      values.set(name, rest.replace(/\s+#.*$/, '').trim());
      continue;
    }
    const first = index;
    // The raw lines count from here: blanks inside of quotes are part of the value.
    let raw = (lines[index] ?? '').slice((lines[index] ?? '').indexOf(quote, (lines[index] ?? '').indexOf('=')) + 1);
    let end = closing(raw, quote);
    while (end < 0 && index + 1 < lines.length) {
      index++;
      raw += `\n${lines[index] ?? ''}`;
      end = closing(raw, quote);
    }
    if (end < 0) {
      faults.push({ line: first + 1, message: `has a ${quote} that is never closed` });
      index = first;
      continue;
    }
    const value = raw.slice(0, end);
    values.set(name, quote === '"' ? unescape(value) : value);
  }
  return { entries: [...values].map(([name, value]) => ({ name, value })), faults };
}

function closing(text: string, quote: string): number {
  for (let i = 0; i < text.length; i++) {
    if (quote === '"' && text[i] === '\\') i++;
    else if (text[i] === quote) return i;
  }
  return -1;
}

function unescape(value: string): string {
  return value.replace(/\\(.)/gs, (_whole, escaped: string) => {
    if (escaped === 'n') return '\n';
    if (escaped === 'r') return '\r';
    if (escaped === 't') return '\t';
    return escaped;
  });
}

/** Writes variables so that {@link parseDotenv} reads the same back. */
export function formatDotenv(entries: Entry[]): string {
  return entries
    .map(({ name, value }) => {
      if (/^[^\s'"#\\]*$/.test(value)) return `${name}=${value}`;
      const escaped = value.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t');
      return `${name}="${escaped}"`;
    })
    .join('\n');
}
