import { Button, Code, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { client } from '../../api/client';
import { useAction } from '../../api/hooks';
import { sessionQuery } from '../../api/queries';
import { endpoints, paths } from '../../routes';
import { PASSWORD_HINT, passwordFault } from '../../ui/password';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { Gate } from './Gate';

/** The first page of a new installation: whoever holds the token from the server becomes its owner. */
export function SetupPage() {
  const { token } = useSearch({ strict: false });
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { token: token ?? '', name: '', email: '', password: '', teamName: '' },
    validate: { password: passwordFault },
  });
  const setUp = useAction({
    run: async (values: typeof form.values) => {
      await client.post(endpoints.setup, {
        token: values.token.trim(),
        name: values.name.trim(),
        email: values.email.trim(),
        password: values.password,
        teamName: values.teamName.trim(),
      });
      queryClient.removeQueries({ queryKey: ['setup'] });
      await queryClient.query({ ...sessionQuery, staleTime: 0 });
    },
    onDone: () => void navigate({ to: paths.home }),
  });
  const fault = (path: keyof typeof form.values) => form.errors[path] ?? setUp.problem?.field(path);
  return (
    <Gate
      title="Set up Havenkeep"
      description={
        <>
          You become the owner of this installation. The set-up token stands in the control plane&apos;s log and in the
          file <Code>setup-token</Code> of its data folder.
        </>
      }
    >
      <form onSubmit={form.onSubmit((values) => setUp.run(values))}>
        <Stack>
          <TextInput
            label="Set-up token"
            required
            autoComplete="off"
            autoFocus
            {...form.getInputProps('token')}
            error={fault('token')}
          />
          <TextInput
            label="Your name"
            required
            autoComplete="name"
            {...form.getInputProps('name')}
            error={fault('name')}
          />
          <TextInput
            label="Email"
            type="email"
            required
            autoComplete="username"
            {...form.getInputProps('email')}
            error={fault('email')}
          />
          <PasswordInput
            label="Password"
            description={PASSWORD_HINT}
            required
            autoComplete="new-password"
            {...form.getInputProps('password')}
            error={fault('password')}
          />
          <TextInput
            label="Team"
            description="Projects, servers and members belong to a team. More can follow."
            placeholder="Acme"
            required
            {...form.getInputProps('teamName')}
            error={fault('teamName')}
          />
          <ProblemAlert error={setUp.problem} />
          <Button type="submit" loading={setUp.busy} fullWidth mt="xs">
            Set up and sign in
          </Button>
        </Stack>
      </form>
    </Gate>
  );
}
