import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isMissing } from '../api/problem';
import { Missing } from './RouteProblem';
import { ProblemAlert } from './ProblemAlert';

interface QueryViewProps<T> {
  query: UseQueryResult<T>;
  /** What stands there while loading; lines of text when absent. */
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}

/** The three faces of something that is read: loading, failed, there. A failed refresh keeps what is shown. */
export function QueryView<T>({ query, skeleton, children }: QueryViewProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (isMissing(query.error)) return <Missing />;
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  return skeleton ?? <Lines />;
}

export function Lines({ count = 4 }: { count?: number }) {
  return (
    <Stack gap="sm" p="md" role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, line) => (
        <Skeleton key={line} height={18} width={`${92 - ((line * 17) % 40)}%`} />
      ))}
    </Stack>
  );
}
