import { Button, Center, Code, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { withQuery } from '../../api/client';
import { useParam, usePermissions } from '../../api/hooks';
import { auditQuery } from '../../api/queries';
import type { AuditEvent } from '../../api/types';
import { can } from '../../can';
import { endpoints, paths } from '../../routes';
import { EmptyState } from '../../ui/EmptyState';
import { Page, Scroll, Section } from '../../ui/Page';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { Lines } from '../../ui/QueryView';
import { Time } from '../../ui/Time';
import { auditFilters, type AuditSearch } from './search';

export function AuditPage() {
  const team = useParam('team');
  const permissions = usePermissions(team);
  const search: AuditSearch = useSearch({ strict: false });
  const verdict = can.seeAudit(permissions);
  const filters = auditFilters(search);
  const events = useInfiniteQuery({ ...auditQuery(team, filters), enabled: verdict.allowed });
  const items = events.data?.pages.flatMap((page) => page.items);
  const filtered = Object.values(search).some((value) => value !== undefined);
  return (
    <Page
      title="Audit log"
      description="Who changed what, when and from where. Values of secrets never appear."
      actions={
        verdict.allowed && (
          <Button
            component="a"
            href={withQuery(endpoints.auditExport(team), filters)}
            download
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            Export
          </Button>
        )
      }
    >
      {!verdict.allowed ? (
        <Section>
          <EmptyState title="The audit log is not for your role">{verdict.reason}</EmptyState>
        </Section>
      ) : (
        <Stack>
          <Filters team={team} search={search} />
          <Section flush>
            {items === undefined ? (
              events.error ? (
                <ProblemAlert error={events.error} onRetry={() => void events.refetch()} />
              ) : (
                <Lines count={10} />
              )
            ) : items.length === 0 ? (
              <EmptyState title={filtered ? 'Nothing matches' : 'Nothing has happened yet'}>
                {filtered
                  ? 'Loosen the filters to see more.'
                  : 'Each change by a person or a token is written down here.'}
              </EmptyState>
            ) : (
              <Scroll label="Audit events">
                <Table miw={760}>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>When</Table.Th>
                      <Table.Th>Who</Table.Th>
                      <Table.Th>What</Table.Th>
                      <Table.Th>Changes</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {items.map((event) => (
                      <Row key={event.id} event={event} />
                    ))}
                  </Table.Tbody>
                </Table>
              </Scroll>
            )}
            {events.hasNextPage && (
              <Center p="sm">
                <Button
                  variant="default"
                  size="xs"
                  loading={events.isFetchingNextPage}
                  onClick={() => void events.fetchNextPage()}
                >
                  Older events
                </Button>
              </Center>
            )}
          </Section>
        </Stack>
      )}
    </Page>
  );
}

function Filters({ team, search }: { team: string; search: AuditSearch }) {
  const navigate = useNavigate();
  const [values, setValues] = useState(search);
  const apply = useDebouncedCallback((next: AuditSearch) => {
    void navigate({ to: paths.audit, params: { team }, search: next, replace: true });
  }, 350);
  const set = (name: keyof AuditSearch) => (event: React.ChangeEvent<HTMLInputElement>) => {
    const next = { ...values, [name]: event.currentTarget.value || undefined };
    setValues(next);
    apply(next);
  };
  return (
    <Group gap="sm" align="flex-end">
      <TextInput label="Who" placeholder="ada@example.com" w={180} value={values.actor ?? ''} onChange={set('actor')} />
      <TextInput
        label="Action"
        placeholder="application.created"
        w={190}
        value={values.action ?? ''}
        onChange={set('action')}
      />
      <TextInput label="Target" placeholder="name or id" w={160} value={values.target ?? ''} onChange={set('target')} />
      <TextInput label="From" type="date" w={150} value={values.since ?? ''} onChange={set('since')} />
      <TextInput label="Until" type="date" w={150} value={values.until ?? ''} onChange={set('until')} />
    </Group>
  );
}

function Row({ event }: { event: AuditEvent }) {
  const changes = Object.entries(event.changes);
  return (
    <Table.Tr>
      <Table.Td>
        <Time at={event.at} />
      </Table.Td>
      <Table.Td maw={200}>
        <Text size="sm" className="hk-break">
          {event.actor.name}
          {event.actor.tokenId && ' (token)'}
        </Text>
        {event.actor.address && (
          <Text size="xs" c="dimmed">
            {event.actor.address}
          </Text>
        )}
      </Table.Td>
      <Table.Td maw={280}>
        <Code>{event.action}</Code>
        <Text size="sm" className="hk-break">
          {event.target.name}
        </Text>
      </Table.Td>
      <Table.Td maw={320}>
        {changes.length === 0 ? null : (
          <Text size="xs" c="dimmed" className="hk-break" lineClamp={3}>
            {changes
              .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
              .join(', ')}
          </Text>
        )}
        <Text size="xs" c="dimmed" className="hk-mono hk-break">
          {event.requestId}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}
