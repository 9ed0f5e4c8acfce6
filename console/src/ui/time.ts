/** Times as people say them; the exact instant is always in a tooltip. */

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

export function ago(instant: string, now: number): string {
  const millis = Date.parse(instant) - now;
  if (Math.abs(millis) > 30 * 86_400_000) return day.format(Date.parse(instant));
  for (const [unit, size] of UNITS) {
    if (Math.abs(millis) >= size) return relative.format(Math.round(millis / size), unit);
  }
  return millis > 0 ? 'in a moment' : 'just now';
}

export function exactly(instant: string): string {
  return exact.format(Date.parse(instant));
}

/** A sentence of the API with its instants as the reader's own time. */
export function withLocalTimes(text: string): string {
  return text.replaceAll(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g, exactly);
}

export function dayOf(instant: string): string {
  return day.format(Date.parse(instant));
}

/** A length of time as short as it can be read: 840 ms, 12.4 s, 2 m 05 s, 1 h 12 m. */
export function duration(millis: number): string {
  if (millis < 1000) return `${Math.max(0, Math.round(millis))} ms`;
  if (millis < 60_000) return `${(millis / 1000).toFixed(1)} s`;
  const seconds = Math.floor(millis / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(seconds / 3600)} h ${String(Math.floor(seconds / 60) % 60).padStart(2, '0')} m`;
}

/** The time of day of a log line, in the reader's zone. */
export function clock(instant: string): string {
  const date = new Date(instant);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
