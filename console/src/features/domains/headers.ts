/** Headers as lines of text, "Name: value". */
export function parseHeaders(text: string): { headers: Record<string, string>; fault?: string } {
  const headers: Record<string, string> = {};
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim();
    // RFC 9110 section 5.1: a field name is a token.
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
      return { headers: {}, fault: `"${line.trim()}" is not of the form Name: value.` };
    }
    headers[name] = line.slice(colon + 1).trim();
  }
  return { headers };
}

export function formatHeaders(headers: Record<string, string> | undefined): string {
  return Object.entries(headers ?? {})
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}
