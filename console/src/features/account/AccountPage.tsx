import { Badge, Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction, useSession } from '../../api/hooks';
import { ownSessionsQuery } from '../../api/queries';
import type { OwnSession } from '../../api/types';
import { endpoints } from '../../routes';
import { Page, Section } from '../../ui/Page';
import { PASSWORD_HINT, passwordFault } from '../../ui/password';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { QueryView } from '../../ui/QueryView';
import { Time } from '../../ui/Time';
import { browserOf } from '../../ui/browser';

export function AccountPage() {
  return (
    <Page title="Account">
      <Stack maw={640}>
        <Profile />
        <Password />
        <Sessions />
      </Stack>
    </Page>
  );
}

function Profile() {
  const { user } = useSession();
  const [name, setName] = useState(user.name);
  const save = useAction({
    run: () => client.patch(endpoints.me, { name: name.trim() }),
    invalidates: [['session']],
    done: 'Your name is changed.',
  });
  return (
    <Section title="Profile">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.run();
        }}
      >
        <Stack>
          <TextInput
            label="Name"
            required
            autoComplete="name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={save.problem?.field('name')}
          />
          <TextInput
            label="Email"
            value={user.email}
            readOnly
            variant="filled"
            description="Signs you in; it cannot be changed here."
          />
          <ProblemAlert error={save.problem} />
          <Group justify="flex-end">
            <Button type="submit" loading={save.busy} disabled={name.trim() === '' || name.trim() === user.name}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

function Password() {
  const form = useForm({
    initialValues: { current: '', chosen: '', again: '' },
    validate: {
      chosen: passwordFault,
      again: (again, { chosen }) => (again === chosen ? null : 'It differs from the new password.'),
    },
  });
  const change = useAction({
    run: ({ current, chosen }: typeof form.values) => client.post(endpoints.password, { current, new: chosen }),
    invalidates: [['sessions'], ['session']],
    done: 'Your password is changed. Other sessions are signed out.',
    onDone: () => form.reset(),
  });
  return (
    <Section title="Password">
      <form onSubmit={form.onSubmit((values) => change.run(values))}>
        <Stack>
          <PasswordInput
            label="Current password"
            required
            autoComplete="current-password"
            {...form.getInputProps('current')}
            error={change.problem?.field('current')}
          />
          <PasswordInput
            label="New password"
            description={PASSWORD_HINT}
            required
            autoComplete="new-password"
            {...form.getInputProps('chosen')}
            error={form.errors.chosen ?? change.problem?.field('new')}
          />
          <PasswordInput
            label="New password again"
            required
            autoComplete="new-password"
            {...form.getInputProps('again')}
          />
          <ProblemAlert error={change.problem} />
          <Group justify="flex-end">
            <Button type="submit" loading={change.busy}>
              Change password
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

function Sessions() {
  const sessions = useQuery(ownSessionsQuery);
  return (
    <Section title="Sessions" description="Browsers that are signed in as you.">
      <QueryView query={sessions}>
        {(items) => (
          <Stack gap="sm">
            {newestFirst(items).map((session) => (
              <SessionRow key={session.id} session={session} />
            ))}
          </Stack>
        )}
      </QueryView>
    </Section>
  );
}

/** This one, then the others as they were last seen. */
function newestFirst(sessions: OwnSession[]): OwnSession[] {
  return [...sessions].sort(
    (a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt.localeCompare(a.lastSeenAt),
  );
}

function SessionRow({ session }: { session: OwnSession }) {
  const end = useAction({
    run: () => client.delete(endpoints.ownSession(session.id)),
    invalidates: [['sessions'], ['session']],
    notifyProblem: true,
  });
  return (
    <Group justify="space-between" wrap="nowrap">
      <div>
        <Text component="div" size="sm">
          {browserOf(session.userAgent)} {session.current && <Badge color="green">this one</Badge>}
        </Text>
        <Text size="xs" c="dimmed">
          {session.address}, seen <Time at={session.lastSeenAt} />
        </Text>
      </div>
      {!session.current && (
        <Button size="xs" variant="default" loading={end.busy} onClick={() => end.run()}>
          Sign out
        </Button>
      )}
    </Group>
  );
}
