import type { LogLine } from '../api/types';

/** A line as it is kept: with a number that stays the same when lines before it are dropped. */
export interface KeptLine extends LogLine {
  number: number;
}

const MOST_LINES = 50_000;

/**
 * The lines of a log, outside of React: thousands may come in a second, and a view is told of them once per frame.
 * The oldest lines are dropped when there are too many.
 */
export class LogBuffer {
  #lines: KeptLine[] = [];
  #next = 1;
  #listeners = new Set<() => void>();
  #scheduled = false;
  readonly #schedule: (run: () => void) => void;
  readonly #most: number;

  constructor(schedule: (run: () => void) => void = (run) => requestAnimationFrame(run), most = MOST_LINES) {
    this.#schedule = schedule;
    this.#most = most;
  }

  /** A new array only after something has changed: fit for useSyncExternalStore. */
  readonly snapshot = (): readonly KeptLine[] => this.#lines;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #pending: KeptLine[] = [];

  add(line: LogLine): void {
    this.#pending.push({ ...line, number: this.#next++ });
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#schedule(() => this.#flush());
  }

  clear(): void {
    this.#pending = [];
    this.#lines = [];
    for (const listener of this.#listeners) listener();
  }

  #flush(): void {
    this.#scheduled = false;
    if (this.#pending.length === 0) return;
    const lines = this.#lines.concat(this.#pending);
    this.#pending = [];
    // Cut with room to spare, so that not every batch copies the whole.
    this.#lines = lines.length > this.#most ? lines.slice(lines.length - Math.floor(this.#most * 0.9)) : lines;
    for (const listener of this.#listeners) listener();
  }
}
