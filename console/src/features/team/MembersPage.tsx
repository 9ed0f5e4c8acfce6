import { ActionIcon, Badge, Menu, Modal, Stack, Text } from '@mantine/core';
import { IconDots, IconTrash, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction, useParam, usePermissions, useSession } from '../../api/hooks';
import { invitationsQuery, membersQuery, projectsQuery } from '../../api/queries';
import type { Invitation, Member } from '../../api/types';
import { can, type Verdict } from '../../can';
import { endpoints, paths } from '../../routes';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { GuardedButton, GuardedIcon, GuardedMenuItem } from '../../ui/Guarded';
import { Page, Section } from '../../ui/Page';
import { QueryView } from '../../ui/QueryView';
import { roleLabel } from '../../ui/roles';
import { Time } from '../../ui/Time';
import { EditMember } from './EditMember';
import { Invite } from './Invite';

type Dialog = { kind: 'invite' } | { kind: 'edit' | 'remove'; member: Member } | { kind: 'leave' };

export function MembersPage() {
  const team = useParam('team');
  const permissions = usePermissions(team);
  const [dialog, setDialog] = useState<Dialog>();
  const close = () => setDialog(undefined);
  const verdict = can.changeMembers(permissions);
  const invite = (
    <GuardedButton
      verdict={verdict}
      leftSection={<IconUserPlus size={16} aria-hidden />}
      onClick={() => setDialog({ kind: 'invite' })}
    >
      Invite
    </GuardedButton>
  );
  return (
    <Page title="Members" description="Who belongs to the team, and what each may do." actions={invite}>
      <Stack>
        <Members team={team} verdict={verdict} onDialog={setDialog} />
        <Invitations team={team} verdict={verdict} />
      </Stack>
      <Modal opened={dialog?.kind === 'invite'} onClose={close} title="Invite to the team">
        {dialog?.kind === 'invite' && <Invite team={team} onClose={close} />}
      </Modal>
      <Modal
        opened={dialog?.kind === 'edit'}
        onClose={close}
        size="lg"
        title={dialog?.kind === 'edit' ? `What ${dialog.member.name} may do` : ''}
      >
        {dialog?.kind === 'edit' && <EditMember team={team} member={dialog.member} onClose={close} />}
      </Modal>
      {dialog?.kind === 'remove' && <RemoveMember team={team} member={dialog.member} onClose={close} />}
      {dialog?.kind === 'leave' && <LeaveTeam team={team} onClose={close} />}
    </Page>
  );
}

function Members({ team, verdict, onDialog }: { team: string; verdict: Verdict; onDialog: (dialog: Dialog) => void }) {
  const { user } = useSession();
  const members = useQuery(membersQuery(team));
  const projects = useQuery(projectsQuery(team));
  const projectName = (id: string | undefined) =>
    projects.data?.find((project) => project.id === id)?.name ?? 'a project';
  return (
    <Section flush>
      <QueryView query={members}>
        {(items) => (
          <DataTable
            label="Members"
            items={items}
            columns={[
              {
                title: 'Person',
                cell: (member) => (
                  <>
                    <Text component="div" size="sm" fw={550} className="hk-break">
                      {member.name} {member.userId === user.id && <Badge color="gray">you</Badge>}
                    </Text>
                    <Text size="xs" c="dimmed" className="hk-break">
                      {member.email}
                    </Text>
                  </>
                ),
              },
              {
                title: 'Role',
                cell: (member) => (
                  <>
                    <Text size="sm">{roleLabel(member.role)}</Text>
                    {member.grants.map((grant, index) => (
                      <Text key={index} size="xs" c="dimmed">
                        {roleLabel(grant.role)} in {projectName(grant.scope.projectId)}
                        {grant.scope.environmentId ? ', one environment' : ''}
                      </Text>
                    ))}
                  </>
                ),
              },
              { title: 'Since', cell: ({ createdAt }) => <Time at={createdAt} /> },
            ]}
            actions={(member) => (
              <Menu width={200}>
                <Menu.Target>
                  <ActionIcon aria-label={`More for ${member.name}`}>
                    <IconDots size={17} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <GuardedMenuItem verdict={verdict} onClick={() => onDialog({ kind: 'edit', member })}>
                    Change role and grants
                  </GuardedMenuItem>
                  {member.userId === user.id ? (
                    <Menu.Item color="red" onClick={() => onDialog({ kind: 'leave' })}>
                      Leave the team
                    </Menu.Item>
                  ) : (
                    <GuardedMenuItem color="red" verdict={verdict} onClick={() => onDialog({ kind: 'remove', member })}>
                      Remove from the team
                    </GuardedMenuItem>
                  )}
                </Menu.Dropdown>
              </Menu>
            )}
          />
        )}
      </QueryView>
    </Section>
  );
}

function Invitations({ team, verdict }: { team: string; verdict: Verdict }) {
  const invitations = useQuery({ ...invitationsQuery(team), enabled: verdict.allowed });
  const [withdrawing, setWithdrawing] = useState<Invitation>();
  if (!verdict.allowed) return null;
  return (
    <Section flush title="Open invitations">
      <QueryView query={invitations}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title="Nobody is invited">Invite a person by email address; you hand them the link.</EmptyState>
          ) : (
            <DataTable
              label="Open invitations"
              items={items}
              columns={[
                {
                  title: 'Email',
                  cell: ({ email }) => (
                    <Text size="sm" className="hk-break">
                      {email}
                    </Text>
                  ),
                },
                { title: 'Role', cell: ({ role }) => roleLabel(role) },
                { title: 'Ends', cell: ({ expiresAt }) => expiresAt && <Time at={expiresAt} /> },
              ]}
              actions={(invitation) => (
                <GuardedIcon
                  verdict={verdict}
                  label={`Withdraw the invitation of ${invitation.email}`}
                  onClick={() => setWithdrawing(invitation)}
                >
                  <IconTrash size={16} />
                </GuardedIcon>
              )}
            />
          )
        }
      </QueryView>
      {withdrawing && <Withdraw team={team} invitation={withdrawing} onClose={() => setWithdrawing(undefined)} />}
    </Section>
  );
}

function Withdraw({ team, invitation, onClose }: { team: string; invitation: Invitation; onClose: () => void }) {
  const remove = useAction({
    run: () => client.delete(endpoints.invitation(team, invitation.id)),
    invalidates: [['invitations', team]],
    onDone: onClose,
  });
  return (
    <ConfirmDelete
      opened
      onClose={onClose}
      verb="Withdraw"
      subject={`the invitation of ${invitation.email}`}
      busy={remove.busy}
      problem={remove.problem}
      onConfirm={() => remove.run()}
    >
      <Text size="sm">Its link stops working at once.</Text>
    </ConfirmDelete>
  );
}

function RemoveMember({ team, member, onClose }: { team: string; member: Member; onClose: () => void }) {
  const remove = useAction({
    run: () => client.delete(endpoints.member(team, member.id)),
    invalidates: [['members', team]],
    onDone: onClose,
  });
  return (
    <ConfirmDelete
      opened
      onClose={onClose}
      verb="Remove"
      subject={member.name}
      busy={remove.busy}
      problem={remove.problem}
      onConfirm={() => remove.run()}
    >
      <Text size="sm">
        {member.name} loses access to everything of the team at once; tokens that they made stop working.
      </Text>
    </ConfirmDelete>
  );
}

function LeaveTeam({ team, onClose }: { team: string; onClose: () => void }) {
  const navigate = useNavigate();
  const leave = useAction({
    run: () => client.post(endpoints.leave(team)),
    invalidates: [['session']],
    onDone: () => void navigate({ to: paths.home }),
  });
  return (
    <ConfirmDelete
      opened
      onClose={onClose}
      verb="Leave"
      subject="the team"
      busy={leave.busy}
      problem={leave.problem}
      onConfirm={() => leave.run()}
    >
      <Text size="sm">You see nothing of the team any more until somebody invites you again.</Text>
    </ConfirmDelete>
  );
}
