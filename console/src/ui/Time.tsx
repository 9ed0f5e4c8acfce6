import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { ago, duration, exactly } from './time';

/** The present, read again at an interval while it matters. */
export function useNow(everyMillis: number, active = true): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => setNow(Date.now()), everyMillis);
    return () => clearInterval(timer);
  }, [everyMillis, active]);
  return now;
}

/** When something was, relative to now. */
export function Time({ at }: { at: string }) {
  const now = useNow(30_000);
  return (
    <Tooltip label={exactly(at)}>
      <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
        {ago(at, now)}
      </time>
    </Tooltip>
  );
}

/** How long something took, or has been taking until now. */
export function Took({ from, to }: { from?: string; to?: string }) {
  const now = useNow(500, from !== undefined && to === undefined);
  if (from === undefined) return null;
  const end = to === undefined ? Math.max(now, Date.parse(from)) : Date.parse(to);
  return <span style={{ whiteSpace: 'nowrap' }}>{duration(end - Date.parse(from))}</span>;
}
