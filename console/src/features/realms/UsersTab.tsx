import { Badge, Button, Center, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { realmUsersQuery } from '../../api/queries';
import type { RealmUser } from '../../api/types';
import { can } from '../../can';
import { paths } from '../../routes';
import { DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { GuardedButton } from '../../ui/Guarded';
import { LinkAnchor } from '../../ui/links';
import { Section } from '../../ui/Page';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { Lines } from '../../ui/QueryView';
import { Time } from '../../ui/Time';
import { NewUser } from './NewUser';
import { useRealm } from './realm';
import type { UserSearch } from './search';

export function UsersTab() {
  const { realm, permissions, params } = useRealm();
  const { search }: UserSearch = useSearch({ strict: false });
  const visible = can.seeUsers(permissions);
  const users = useInfiniteQuery({ ...realmUsersQuery(realm.id, search), enabled: visible.allowed });
  const items = users.data?.pages.flatMap((page) => page.items);
  const [creating, setCreating] = useState(false);
  const create = (
    <GuardedButton
      verdict={can.changeUsers(permissions)}
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => setCreating(true)}
    >
      New user
    </GuardedButton>
  );
  if (!visible.allowed) {
    return (
      <Section>
        <EmptyState title="Users are not for your role">{visible.reason}</EmptyState>
      </Section>
    );
  }
  return (
    <Stack>
      <Group justify="space-between" align="flex-end">
        <Search key={realm.id} search={search} />
        {create}
      </Group>
      <Section flush>
        {items === undefined ? (
          users.error ? (
            <ProblemAlert error={users.error} onRetry={() => void users.refetch()} />
          ) : (
            <Lines count={8} />
          )
        ) : items.length === 0 ? (
          <EmptyState title={search ? 'Nobody is called that' : 'No users yet'} action={search ? undefined : create}>
            {search
              ? 'The search compares the beginning of addresses and names. Try fewer letters.'
              : 'Create the first one here, or let people sign up: the settings say who may.'}
          </EmptyState>
        ) : (
          <DataTable
            label="Users"
            items={items}
            columns={[
              { title: 'Person', maxWidth: 360, cell: (user) => <Person user={user} params={params} /> },
              { title: 'State', cell: (user) => <UserState user={user} /> },
              {
                title: 'Signed in',
                cell: ({ lastSignInAt }) =>
                  lastSignInAt === undefined ? (
                    <Text size="sm" c="dimmed">
                      never
                    </Text>
                  ) : (
                    <Time at={lastSignInAt} />
                  ),
              },
              { title: 'Made', cell: ({ createdAt }) => <Time at={createdAt} /> },
            ]}
          />
        )}
        {users.hasNextPage && (
          <Center p="sm">
            <Button
              variant="default"
              size="xs"
              loading={users.isFetchingNextPage}
              onClick={() => void users.fetchNextPage()}
            >
              More users
            </Button>
          </Center>
        )}
      </Section>
      <Modal opened={creating} onClose={() => setCreating(false)} title="New user">
        {creating && <NewUser onClose={() => setCreating(false)} />}
      </Modal>
    </Stack>
  );
}

function Search({ search }: UserSearch) {
  const { params } = useRealm();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(search ?? '');
  const apply = useDebouncedCallback((text: string) => {
    void navigate({ to: paths.realmUsers, params, search: { search: text || undefined }, replace: true });
  }, 350);
  return (
    <TextInput
      label="Find a user"
      placeholder="The beginning of an address or a name"
      leftSection={<IconSearch size={16} aria-hidden />}
      w={340}
      maw="100%"
      maxLength={200}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        apply(event.currentTarget.value.trim());
      }}
    />
  );
}

function Person({ user, params }: { user: RealmUser; params: { team: string; realm: string } }) {
  return (
    <>
      <LinkAnchor to={paths.realmUser} params={{ ...params, user: user.id }} size="sm" fw={550} className="hk-break">
        {user.name}
      </LinkAnchor>
      <Text size="xs" c="dimmed" className="hk-break">
        {user.email ?? 'No address'}
      </Text>
    </>
  );
}

/** What keeps a user from signing in, or would surprise an operator. */
export function UserState({ user }: { user: RealmUser }) {
  return (
    <Group gap={6}>
      {user.blocked && <Badge color="red">blocked</Badge>}
      {user.email !== undefined && !user.emailVerified && <Badge color="gray">address not verified</Badge>}
      {!user.blocked && (user.email === undefined || user.emailVerified) && <Badge color="green">active</Badge>}
    </Group>
  );
}
