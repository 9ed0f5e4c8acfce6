import { Group, Modal, PasswordInput, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction, useParam } from '../../api/hooks';
import { realmSessionsQuery, realmUserQuery } from '../../api/queries';
import type { RealmUser } from '../../api/types';
import { can } from '../../can';
import { endpoints, paths } from '../../routes';
import { ActionForm } from '../../ui/ActionForm';
import { browserOf } from '../../ui/browser';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { DangerSection } from '../../ui/DangerSection';
import { DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { Facts } from '../../ui/Facts';
import { GuardedButton } from '../../ui/Guarded';
import { LinkAnchor, LinkButton } from '../../ui/links';
import { Section } from '../../ui/Page';
import { QueryView } from '../../ui/QueryView';
import { Time } from '../../ui/Time';
import { patchBetween } from './patch';
import { useRealm } from './realm';
import { UserState } from './UsersTab';

type Dialog = 'edit' | 'password' | 'block' | 'end-sessions' | 'delete';

export function UserView() {
  const { realm, params } = useRealm();
  const query = useQuery(realmUserQuery(realm.id, useParam('user')));
  return (
    <Stack>
      <LinkAnchor to={paths.realmUsers} params={params} search={{}} size="sm">
        All users
      </LinkAnchor>
      <QueryView query={query}>{(user) => <Details key={user.id} user={user} />}</QueryView>
    </Stack>
  );
}

function Details({ user }: { user: RealmUser }) {
  const { permissions, params } = useRealm();
  const [dialog, setDialog] = useState<Dialog>();
  const close = () => setDialog(undefined);
  const verdict = can.changeUsers(permissions);
  return (
    <>
      <Group justify="space-between">
        <Group gap="sm">
          <Title order={2} className="hk-break">
            {user.name}
          </Title>
          <UserState user={user} />
        </Group>
        <Group gap="xs">
          <GuardedButton variant="default" verdict={verdict} onClick={() => setDialog('edit')}>
            Edit
          </GuardedButton>
          <GuardedButton variant="default" verdict={verdict} onClick={() => setDialog('password')}>
            Set password
          </GuardedButton>
          <GuardedButton variant="default" verdict={verdict} onClick={() => setDialog('block')}>
            {user.blocked ? 'Unblock' : 'Block'}
          </GuardedButton>
        </Group>
      </Group>
      <Section
        title="Who it is"
        actions={
          <LinkButton variant="default" to={paths.realmEvents} params={params} search={{ user: user.id }}>
            Events
          </LinkButton>
        }
      >
        <Facts
          facts={[
            ['Email', user.email ?? 'None'],
            ['Verified', user.emailVerified ? 'Yes, the address is known to be theirs' : 'No'],
            ...(user.profile.locale ? [['Language', user.profile.locale] satisfies [string, string]] : []),
            ...(user.profile.zone ? [['Time zone', user.profile.zone] satisfies [string, string]] : []),
            ['Signed in', user.lastSignInAt === undefined ? 'Never' : <Time at={user.lastSignInAt} />],
            ['Made', <Time at={user.createdAt} />],
            ['Subject', <span className="hk-mono">{user.id}</span>],
          ]}
        />
      </Section>
      <Sessions user={user} onEnd={() => setDialog('end-sessions')} />
      <DangerSection
        title="Delete this user"
        description="With everything that is theirs."
        verdict={verdict}
        action="Delete user"
        onAct={() => setDialog('delete')}
      />
      <Modal opened={dialog === 'edit'} onClose={close} title="Edit user">
        {dialog === 'edit' && <EditUser user={user} onClose={close} />}
      </Modal>
      <Modal opened={dialog === 'password'} onClose={close} title={`Set the password of ${user.name}`}>
        {dialog === 'password' && <SetPassword user={user} onClose={close} />}
      </Modal>
      {dialog === 'block' && <Block user={user} onClose={close} />}
      {dialog === 'end-sessions' && <EndSessions user={user} onClose={close} />}
      {dialog === 'delete' && <DeleteUser user={user} onClose={close} />}
    </>
  );
}

interface DialogProps {
  user: RealmUser;
  onClose: () => void;
}

/** What to read again after a user was changed. */
function affected(realm: string, user: string) {
  return [
    ['realm-user', realm, user],
    ['realm-users', realm],
    ['realm-sessions', realm, user],
  ];
}

function Sessions({ user, onEnd }: { user: RealmUser; onEnd: () => void }) {
  const { realm, permissions } = useRealm();
  const sessions = useQuery(realmSessionsQuery(realm.id, user.id));
  return (
    <Section
      flush
      title="Sessions"
      description="The browsers that they are signed in with."
      actions={
        <GuardedButton
          variant="default"
          verdict={can.endSessions(permissions, sessions.data?.length ?? 0)}
          onClick={onEnd}
        >
          End all
        </GuardedButton>
      }
    >
      <QueryView query={sessions}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title="Signed in nowhere">Their sessions appear here once they sign in.</EmptyState>
          ) : (
            <DataTable
              label="Sessions"
              items={items}
              columns={[
                { title: 'Browser', cell: ({ device }) => browserOf(device.userAgent) },
                { title: 'Address', cell: ({ device }) => device.address },
                {
                  title: 'Proved by',
                  cell: ({ authentication }) => authentication.connection ?? authentication.amr.join(', '),
                },
                { title: 'Began', cell: ({ createdAt }) => <Time at={createdAt} /> },
                { title: 'Last seen', cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
                { title: 'Ends', cell: ({ expiresAt }) => <Time at={expiresAt} /> },
              ]}
            />
          )
        }
      </QueryView>
    </Section>
  );
}

function EditUser({ user, onClose }: DialogProps) {
  const { realm } = useRealm();
  const before = { name: user.name, email: user.email ?? '', emailVerified: user.emailVerified };
  const form = useForm({ initialValues: before });
  const { values } = form;
  const patch = patchBetween(before, { ...values, name: values.name.trim(), email: values.email.trim() });
  // Another address is not verified unless that is said with it.
  if (patch.email !== undefined) patch.emailVerified = values.emailVerified;
  const save = useAction({
    run: () => client.patch(endpoints.realmUser(realm.id, user.id), patch, { ifMatch: user.version }),
    invalidates: affected(realm.id, user.id),
    done: 'Saved.',
    onDone: onClose,
  });
  return (
    <ActionForm
      action={save}
      submit="Save"
      disabled={Object.keys(patch).length === 0}
      onCancel={onClose}
      onSubmit={form.onSubmit(() => save.run())}
    >
      <TextInput
        label="Name"
        required
        data-autofocus
        autoComplete="off"
        {...form.getInputProps('name')}
        error={save.problem?.field('name')}
      />
      <TextInput
        label="Email"
        type="email"
        required={user.email !== undefined}
        autoComplete="off"
        value={values.email}
        onChange={(event) => form.setValues({ email: event.currentTarget.value, emailVerified: false })}
        error={save.problem?.field('email')}
      />
      <Switch
        label="The address is known to be theirs"
        checked={values.emailVerified}
        onChange={(event) => form.setFieldValue('emailVerified', event.currentTarget.checked)}
      />
    </ActionForm>
  );
}

function SetPassword({ user, onClose }: DialogProps) {
  const { realm } = useRealm();
  const [password, setPassword] = useState('');
  const save = useAction({
    run: () => client.post(endpoints.realmUserPassword(realm.id, user.id), { password }),
    invalidates: affected(realm.id, user.id),
    done: 'The password is set.',
    onDone: onClose,
  });
  return (
    <ActionForm action={save} submit="Set password" disabled={password === ''} onCancel={onClose}>
      <PasswordInput
        label="New password"
        description={`At least ${realm.passwords.shortest} characters. All of their sessions end.`}
        required
        data-autofocus
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={save.problem?.field('password')}
      />
    </ActionForm>
  );
}

function Block({ user, onClose }: DialogProps) {
  const { realm } = useRealm();
  const change = useAction({
    run: () =>
      client.patch(endpoints.realmUser(realm.id, user.id), { blocked: !user.blocked }, { ifMatch: user.version }),
    invalidates: affected(realm.id, user.id),
    done: user.blocked ? `${user.name} can sign in again.` : `${user.name} is blocked.`,
    onDone: onClose,
  });
  return (
    <Modal opened onClose={onClose} title={`${user.blocked ? 'Unblock' : 'Block'} ${user.name}?`}>
      <ActionForm action={change} submit={user.blocked ? 'Unblock' : 'Block'} onCancel={onClose}>
        <Text size="sm">
          {user.blocked
            ? 'They can sign in again with what they have.'
            : 'They cannot sign in until they are unblocked, and every session of theirs ends now.'}
        </Text>
      </ActionForm>
    </Modal>
  );
}

function EndSessions({ user, onClose }: DialogProps) {
  const { realm } = useRealm();
  const end = useAction({
    run: () => client.delete(endpoints.realmUserSessions(realm.id, user.id)),
    invalidates: affected(realm.id, user.id),
    done: 'Every session is ended.',
    onDone: onClose,
  });
  return (
    <ConfirmDelete
      opened
      onClose={onClose}
      verb="End"
      subject={`every session of ${user.name}`}
      busy={end.busy}
      problem={end.problem}
      onConfirm={() => end.run()}
    >
      <Text size="sm">They sign in again wherever they go on.</Text>
    </ConfirmDelete>
  );
}

function DeleteUser({ user, onClose }: DialogProps) {
  const { realm, params } = useRealm();
  const navigate = useNavigate();
  const remove = useAction({
    run: () => client.delete(endpoints.realmUser(realm.id, user.id)),
    invalidates: [['realm-users', realm.id]],
    done: `${user.name} is deleted.`,
    onDone: () => void navigate({ to: paths.realmUsers, params, search: {} }),
  });
  return (
    <ConfirmDelete
      opened
      onClose={onClose}
      subject={user.name}
      typed={user.email ?? user.name}
      busy={remove.busy}
      problem={remove.problem}
      onConfirm={() => remove.run()}
    >
      <Text size="sm">
        Their account, factors, linked identities and sessions go. Block them instead if they may come back. This cannot
        be undone.
      </Text>
    </ConfirmDelete>
  );
}
