import { Anchor, Button, Center, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { realmEventsQuery } from '../../api/queries';
import type { AuthEvent } from '../../api/types';
import { can } from '../../can';
import { paths } from '../../routes';
import { browserOf } from '../../ui/browser';
import { Copy } from '../../ui/Copy';
import { DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { LinkAnchor } from '../../ui/links';
import { Section } from '../../ui/Page';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { Lines } from '../../ui/QueryView';
import { Status } from '../../ui/Status';
import { Time } from '../../ui/Time';
import { changesText } from '../../ui/words';
import { useRealm } from './realm';
import classes from './Realms.module.css';
import type { EventSearch } from './search';
import { eventAppearance, eventKinds, eventText } from './words';

export function EventsTab() {
  const { realm, permissions } = useRealm();
  const search: EventSearch = useSearch({ strict: false });
  const visible = can.seeUsers(permissions);
  const events = useInfiniteQuery({ ...realmEventsQuery(realm.id, { ...search }), enabled: visible.allowed });
  const items = events.data?.pages.flatMap((page) => page.items);
  const filtered = Object.values(search).some((value) => value !== undefined);
  if (!visible.allowed) {
    return (
      <Section>
        <EmptyState title="Events are not for your role">{visible.reason}</EmptyState>
      </Section>
    );
  }
  return (
    <Stack>
      <Filters search={search} seen={items?.map(({ kind }) => kind) ?? []} />
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
              : 'Each sign-in, refused or not, and each token is written down here. Add a client and sign in to it.'}
          </EmptyState>
        ) : (
          <DataTable
            label="Events"
            items={items}
            columns={[
              { title: 'What', maxWidth: 320, cell: (event) => <What event={event} /> },
              { title: 'Result', cell: (event) => <Status look={eventAppearance(event)} /> },
              { title: 'Who', maxWidth: 240, cell: (event) => <Who event={event} /> },
              {
                title: 'From',
                maxWidth: 200,
                cell: ({ address, userAgent }) => (
                  <>
                    <Text size="sm" className="hk-break">
                      {address}
                    </Text>
                    <Text size="xs" c="dimmed" className="hk-break">
                      {browserOf(userAgent)}
                    </Text>
                  </>
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
  );
}

function Filters({ search, seen }: { search: EventSearch; seen: string[] }) {
  const { params } = useRealm();
  const navigate = useNavigate();
  const [client, setClient] = useState(search.client ?? '');
  const show = (next: EventSearch) =>
    void navigate({ to: paths.realmEvents, params, search: { ...search, ...next }, replace: true });
  const showLater = useDebouncedCallback(show, 350);
  return (
    <Stack gap="xs">
      <div className={classes.filters}>
        <Select
          label="Kind"
          data={[
            { value: '', label: 'All' },
            ...eventKinds([...seen, ...(search.kind === undefined ? [] : [search.kind])]),
          ]}
          searchable
          value={search.kind ?? ''}
          onChange={(value) => show({ kind: value === '' ? undefined : (value ?? undefined) })}
        />
        <Select
          label="Result"
          data={[
            { value: '', label: 'All' },
            { value: 'true', label: 'Came about' },
            { value: 'false', label: 'Refused' },
          ]}
          value={search.success === undefined ? '' : String(search.success)}
          onChange={(value) => show({ success: value ? value === 'true' : undefined })}
        />
        <TextInput
          label="Client id"
          placeholder="shop"
          value={client}
          onChange={(event) => {
            setClient(event.currentTarget.value);
            showLater({ client: event.currentTarget.value.trim() || undefined });
          }}
        />
      </div>
      {search.user !== undefined && (
        <Text size="sm" c="dimmed">
          Only events about{' '}
          <LinkAnchor to={paths.realmUser} params={{ ...params, user: search.user }}>
            one user
          </LinkAnchor>
          .{' '}
          <Anchor component="button" type="button" size="sm" onClick={() => show({ user: undefined })}>
            Show those about everybody
          </Anchor>
        </Text>
      )}
    </Stack>
  );
}

function What({ event }: { event: AuthEvent }) {
  const detail = changesText(event.detail);
  return (
    <>
      <Text size="sm" fw={550} title={event.kind}>
        {eventText(event.kind)}
      </Text>
      {event.reason && (
        <Text size="sm" c="dimmed" className="hk-break">
          {event.reason}
        </Text>
      )}
      {detail !== '' && (
        <Text size="xs" c="dimmed" className="hk-break" lineClamp={2} title={detail}>
          {detail}
        </Text>
      )}
    </>
  );
}

function Who({ event }: { event: AuthEvent }) {
  const { params } = useRealm();
  const through = [event.clientId && `at ${event.clientId}`, event.connection && `through ${event.connection}`];
  return (
    <>
      {event.user === undefined ? (
        <Text size="sm" className="hk-break">
          {event.email ?? 'Nobody known'}
        </Text>
      ) : (
        <LinkAnchor to={paths.realmUser} params={{ ...params, user: event.user }} size="sm" className="hk-break">
          {event.email ?? 'A user'}
        </LinkAnchor>
      )}
      <Text size="xs" c="dimmed" className="hk-break">
        {through.filter(Boolean).join(', ')}
      </Text>
    </>
  );
}
