import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { client } from '../../api/client';
import { useAction } from '../../api/hooks';
import { sessionQuery } from '../../api/queries';
import type { InvitationPreview } from '../../api/types';
import { endpoints, paths } from '../../routes';
import { LinkAnchor, LinkButton } from '../../ui/links';
import { PASSWORD_HINT, passwordFault } from '../../ui/password';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { QueryView } from '../../ui/QueryView';
import { dayOf } from '../../ui/time';
import { Gate } from './Gate';

/** Where an invitation's link leads. Its token stands after the #, so that it reaches no server's log. */
export function AcceptInvitationPage() {
  const token = useLocation().hash;
  const preview = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => client.post<InvitationPreview>(endpoints.previewInvitation, { token }),
    enabled: token !== '',
    retry: false,
  });
  if (token === '') {
    return (
      <Gate title="The invitation's link is incomplete" description="Open the whole link that you were given.">
        <LinkAnchor to={paths.home}>Go to the sign-in</LinkAnchor>
      </Gate>
    );
  }
  return (
    <Gate title="Join a team">
      <QueryView query={preview}>{(invitation) => <Invited token={token} invitation={invitation} />}</QueryView>
    </Gate>
  );
}

function Invited({ token, invitation }: { token: string; invitation: InvitationPreview }) {
  const { data: session } = useQuery(sessionQuery);
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { name: '', password: '' },
    validate: { password: (password) => (session ? null : passwordFault(password)) },
  });
  const accept = useAction({
    run: async (values: typeof form.values) => {
      await client.post(
        endpoints.acceptInvitation,
        session ? { token } : { token, name: values.name.trim(), password: values.password },
      );
      await queryClient.query({ ...sessionQuery, staleTime: 0 });
    },
    onDone: () => void navigate({ to: paths.home }),
  });
  const mustSignIn = !session && invitation.accountExists;
  return (
    <form onSubmit={form.onSubmit((values) => accept.run(values))}>
      <Stack>
        <Text size="sm">
          {invitation.invitedBy || 'Somebody'} invites {invitation.email} to the team <b>{invitation.teamName}</b> as{' '}
          {invitation.role}. The invitation holds until {dayOf(invitation.expiresAt)}.
        </Text>
        {session && <Text size="sm">You are signed in as {session.user.email} and join with this account.</Text>}
        {mustSignIn && <Text size="sm">There is an account with this address. Sign in, then open the link again.</Text>}
        {!session && !mustSignIn && (
          <>
            <TextInput
              label="Your name"
              required
              autoFocus
              autoComplete="name"
              {...form.getInputProps('name')}
              error={accept.problem?.field('name')}
            />
            <PasswordInput
              label="Password"
              description={PASSWORD_HINT}
              required
              autoComplete="new-password"
              {...form.getInputProps('password')}
              error={form.errors.password ?? accept.problem?.field('password')}
            />
          </>
        )}
        <ProblemAlert error={accept.problem} />
        {mustSignIn ? (
          <LinkButton to={paths.signIn} search={{ next: `${paths.acceptInvitation}#${token}` }}>
            Sign in
          </LinkButton>
        ) : (
          <Button type="submit" loading={accept.busy} fullWidth>
            Accept the invitation
          </Button>
        )}
      </Stack>
    </form>
  );
}
