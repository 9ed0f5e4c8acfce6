import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction } from '../../api/hooks';
import { sessionQuery } from '../../api/queries';
import { endpoints } from '../../routes';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { Gate } from './Gate';

export function SignInPage() {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const queryClient = useQueryClient();
  const router = useRouter();
  const signIn = useAction({
    run: async () => {
      await client.post(endpoints.session, { email: email.trim(), password });
      await queryClient.query({ ...sessionQuery, staleTime: 0 });
    },
    // The sign-in route sends whoever has a session on to where they wanted to go.
    onDone: () => void router.invalidate(),
  });
  return (
    <Gate title="Sign in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          signIn.run();
        }}
      >
        <Stack mt="md">
          <TextInput
            label="Email"
            type="email"
            autoComplete="username"
            required
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <ProblemAlert error={signIn.problem} />
          <Button type="submit" loading={signIn.busy} fullWidth mt="xs">
            Sign in
          </Button>
        </Stack>
      </form>
    </Gate>
  );
}
