import { Autocomplete, Button, Center, Stack, Text, TextInput } from '@mantine/core';
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
import { Copy } from '../../ui/Copy';
import { DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { Page, Section } from '../../ui/Page';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { Lines } from '../../ui/QueryView';
import { Time } from '../../ui/Time';
import classes from './Audit.module.css';
import { auditFilters, type AuditSearch } from './search';
import { actionText, changesText } from '../../ui/words';

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
          <Filters team={team} search={search} actions={[...new Set(items?.map(({ action }) => action))].sort()} />
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
              <DataTable
                label="Audit events"
                items={items}
                columns={[
                  { title: 'What', maxWidth: 300, cell: (event) => <What event={event} /> },
                  { title: 'Who', maxWidth: 220, cell: (event) => <Who event={event} /> },
                  {
                    title: 'Changes',
                    maxWidth: 380,
                    cell: ({ changes }) => (
                      <Text size="xs" c="dimmed" className="hk-break" lineClamp={3} title={changesText(changes)}>
                        {changesText(changes)}
                      </Text>
                    ),
                  },
                  { title: 'When', cell: ({ at }) => <Time at={at} /> },
                ]}
                actions={({ requestId }) => <Copy value={requestId} label="Copy the request id" />}
              />
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

function Filters({ team, search, actions }: { team: string; search: AuditSearch; actions: string[] }) {
  const navigate = useNavigate();
  const [values, setValues] = useState(search);
  const apply = useDebouncedCallback((next: AuditSearch) => {
    void navigate({ to: paths.audit, params: { team }, search: next, replace: true });
  }, 350);
  const set = (name: keyof AuditSearch, value: string) => {
    const next = { ...values, [name]: value || undefined };
    setValues(next);
    apply(next);
  };
  const typed = (name: keyof AuditSearch) => (event: React.ChangeEvent<HTMLInputElement>) =>
    set(name, event.currentTarget.value);
  return (
    <div className={classes.filters}>
      <TextInput label="Who" placeholder="ada@example.com" value={values.actor ?? ''} onChange={typed('actor')} />
      <Autocomplete
        label="Action"
        placeholder="application.created"
        data={actions}
        limit={30}
        value={values.action ?? ''}
        onChange={(value) => set('action', value)}
      />
      <TextInput label="Target" placeholder="name or id" value={values.target ?? ''} onChange={typed('target')} />
      <TextInput label="From" type="date" value={values.since ?? ''} onChange={typed('since')} />
      <TextInput label="Until" type="date" value={values.until ?? ''} onChange={typed('until')} />
    </div>
  );
}

function What({ event }: { event: AuditEvent }) {
  return (
    <>
      <Text size="sm" fw={550} title={event.action}>
        {actionText(event.action)}
      </Text>
      {event.target.name !== event.actor.name && (
        <Text size="sm" c="dimmed" className="hk-break">
          {event.target.name}
        </Text>
      )}
    </>
  );
}

function Who({ event }: { event: AuditEvent }) {
  return (
    <>
      <Text size="sm" className="hk-break">
        {event.actor.name}
        {event.actor.tokenId && ' (token)'}
      </Text>
      {event.actor.address && (
        <Text size="xs" c="dimmed">
          {event.actor.address}
        </Text>
      )}
    </>
  );
}
