/** Text in one style of a log line: the terminal's colours that mean something, as class names. */
export interface Span {
  text: string;
  style: string;
}

const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

// CSI sequences end in a letter of @ to ~; OSC sequences (titles, links) in BEL or ST. Other escapes are two characters.
// eslint-disable-next-line no-control-regex -- escapes are control characters
const ESCAPE = /\u001b(?:\[([0-9;:?]*)[ -/]*([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-_])/g;
// eslint-disable-next-line no-control-regex -- so are these
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** The text alone: what is searched, copied and downloaded. */
export function stripAnsi(text: string): string {
  return text.replace(ESCAPE, '').replace(CONTROL, '');
}

/** Splits a line at its SGR sequences (ECMA-48 section 8.3.117); all other escapes are dropped. */
export function ansiSpans(line: string): Span[] {
  if (!line.includes('\u001b')) return [{ text: line.replace(CONTROL, ''), style: '' }];
  const spans: Span[] = [];
  let colour = '';
  let bold = false;
  let dim = false;
  let start = 0;
  const add = (text: string) => {
    const clean = text.replace(CONTROL, '');
    if (clean === '') return;
    spans.push({ text: clean, style: [colour, bold && 'bold', dim && 'dim'].filter(Boolean).join(' ') });
  };
  for (const match of line.matchAll(ESCAPE)) {
    add(line.slice(start, match.index));
    start = match.index + match[0].length;
    if (match[2] !== 'm') continue;
    const codes = (match[1] ?? '').split(/[;:]/).map(Number);
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] ?? 0;
      if (code === 0) {
        colour = '';
        bold = dim = false;
      } else if (code === 1) bold = true;
      else if (code === 2) dim = true;
      else if (code === 22) bold = dim = false;
      else if (code === 39) colour = '';
      else if (code >= 30 && code <= 37) colour = COLOURS[code - 30] ?? '';
      else if (code >= 90 && code <= 97) colour = COLOURS[code - 90] ?? '';
      else if (code === 38 || code === 48) {
        // 38;5;n and 38;2;r;g;b: colours of a palette that is not ours; their numbers are no codes.
        i += codes[i + 1] === 5 ? 2 : 4;
      }
    }
  }
  add(line.slice(start));
  return spans;
}
