import { Select, Stack } from '@mantine/core';
import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { useApplication } from '../../api/deploy';
import { can } from '../../can';
import { endpoints } from '../../routes';
import { EmptyState } from '../../ui/EmptyState';
import type { KeptLine } from '../../ui/logBuffer';
import { LogView } from '../../ui/LogView';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useLog } from '../../ui/useLog';

const TAILS = [
  { value: '200', label: 'Last 200 lines' },
  { value: '1000', label: 'Last 1,000 lines' },
  { value: '5000', label: 'Last 5,000 lines' },
];

/** What the application's containers write, live. */
export function LogsTab() {
  const { application, permissions } = useApplication();
  const [tail, setTail] = useState('200');
  const [container, setContainer] = useState('');
  const allowed = can.seeLogs(permissions).allowed;
  const deployed = application.status.state !== 'none';
  const log = useLog(endpoints.logs(application.id), { query: { tail }, enabled: deployed && allowed });
  const containers = useContainers(log.buffer);
  const filter = useCallback((line: KeptLine) => line.container === container, [container]);
  const label = useCallback((name: string) => `#${name.split('-').at(-1) ?? name}`, []);

  if (!allowed || !deployed) {
    return (
      <EmptyState title={allowed ? 'No containers yet' : 'Logs are not for your role'}>
        {allowed
          ? 'What the application writes to its standard output and error appears here once it is deployed.'
          : 'Your role does not include logs:read. An owner or admin of the team can grant it.'}
      </EmptyState>
    );
  }
  return (
    <Stack>
      <ProblemAlert error={log.problem} />
      <LogView
        buffer={log.buffer}
        state={log.state}
        label="Container logs"
        fileName={`${application.name}.log`}
        empty="Nothing written yet. Lines appear here as the containers write them."
        height="max(340px, calc(100dvh - 300px))"
        filter={container === '' ? undefined : filter}
        containerLabel={containers.length > 1 ? label : undefined}
        controls={
          <>
            <Select
              size="xs"
              w={170}
              aria-label="Replica"
              data={[{ value: '', label: 'All replicas' }, ...containers.map((name) => ({ value: name, label: name }))]}
              comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
              value={container}
              onChange={(value) => setContainer(value ?? '')}
            />
            <Select
              size="xs"
              w={140}
              aria-label="How far back"
              data={TAILS}
              value={tail}
              onChange={(value) => setTail(value ?? '200')}
            />
          </>
        }
      />
    </Stack>
  );
}

function useContainers(buffer: ReturnType<typeof useLog>['buffer']): string[] {
  const lines = useSyncExternalStore(buffer.subscribe, buffer.snapshot);
  const joined = useMemo(() => {
    const names = new Set<string>();
    for (const { container } of lines) if (container) names.add(container);
    return [...names].sort().join('\n');
  }, [lines]);
  return useMemo(() => (joined === '' ? [] : joined.split('\n')), [joined]);
}
