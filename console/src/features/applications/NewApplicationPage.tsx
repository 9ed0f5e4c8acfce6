import {
  Autocomplete,
  Box,
  Button,
  Group,
  Loader,
  NumberInput,
  PasswordInput,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction, useParam, usePermissions } from '../../api/hooks';
import { applicationsQuery, credentialsQuery, environmentQuery, projectQuery, serversQuery } from '../../api/queries';
import type { Application, ApplicationInput, Deployment, Environment, GitCheck } from '../../api/types';
import { can } from '../../can';
import { endpoints, paths } from '../../routes';
import { EmptyState } from '../../ui/EmptyState';
import { GuardedButton } from '../../ui/Guarded';
import { LinkAnchor, LinkButton } from '../../ui/links';
import { Page, Section } from '../../ui/Page';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { Lines, QueryView } from '../../ui/QueryView';
import { nameFrom } from '../../ui/source';

export function NewApplicationPage() {
  const environment = useQuery(environmentQuery(useParam('environment')));
  return <QueryView query={environment}>{(found) => <InEnvironment environment={found} />}</QueryView>;
}

function InEnvironment({ environment }: { environment: Environment }) {
  const project = useQuery(projectQuery(environment.projectId));
  const servers = useQuery(serversQuery(environment.teamId));
  return (
    <Page
      title="New application"
      description="It is saved and deployed right away. Everything here can be changed later."
      crumbs={[
        <LinkAnchor key="projects" to={paths.projects} params={{ team: environment.teamId }}>
          Projects
        </LinkAnchor>,
        <LinkAnchor key="project" to={paths.project} params={{ project: environment.projectId }}>
          {project.data?.name ?? '…'}
        </LinkAnchor>,
        <LinkAnchor key="environment" to={paths.environment} params={{ environment: environment.id }}>
          {environment.name}
        </LinkAnchor>,
      ]}
    >
      <Box maw={680}>
        <QueryView query={servers} skeleton={<Lines count={8} />}>
          {(items) =>
            items.length === 0 ? (
              <EmptyState
                title="There is no server to run it on"
                action={
                  <LinkButton to={paths.servers} params={{ team: environment.teamId }}>
                    Add a server
                  </LinkButton>
                }
              >
                An application runs on a server of the team. Add one first.
              </EmptyState>
            ) : (
              <Form environment={environment} servers={items.map(({ id, name }) => ({ value: id, label: name }))} />
            )
          }
        </QueryView>
      </Box>
    </Page>
  );
}

interface FormProps {
  environment: Environment;
  servers: { value: string; label: string }[];
}

function Form({ environment, servers }: FormProps) {
  const navigate = useNavigate();
  const permissions = usePermissions(environment.teamId, {
    projectId: environment.projectId,
    environmentId: environment.id,
  });
  const credentials = useQuery(credentialsQuery(environment.teamId));
  const others = useQuery(applicationsQuery(environment.id));
  const form = useForm({
    initialValues: {
      kind: 'git' as 'git' | 'image',
      url: '',
      credentialId: '',
      branch: '',
      dockerfile: 'Dockerfile',
      contextDir: '.',
      image: '',
      username: '',
      password: '',
      name: '',
      nameTyped: false,
      port: 3000 as number | '',
      healthPath: '',
      serverId: servers[0]?.value ?? '',
    },
    validate: {
      url: (url, { kind }) => (kind === 'git' && url.trim() === '' ? 'Name the repository.' : null),
      image: (image, { kind }) => (kind === 'image' && image.trim() === '' ? 'Name the image.' : null),
    },
  });
  const { values } = form;
  const reference = values.kind === 'git' ? values.url : values.image;
  const name = values.nameTyped ? values.name.trim() : nameFrom(reference);
  const taken = others.data?.some((other) => other.name === name);

  const repository = `${values.url.trim()} ${values.credentialId}`;
  const [checked, setChecked] = useState<{ repository: string; branches: string[] }>();
  const check = useAction({
    run: async () => {
      const found = await client.post<GitCheck>(endpoints.gitCheck(environment.teamId), {
        url: values.url.trim(),
        ...(values.credentialId && { credentialId: values.credentialId }),
      });
      return { repository, ...found };
    },
    onDone: (found) => {
      setChecked(found);
      const { branch } = form.getValues();
      if (!found.branches.includes(branch)) {
        form.setFieldValue('branch', found.defaultBranch ?? found.branches[0] ?? '');
      }
    },
  });
  // What was found holds for the repository that was looked at, not for one typed since.
  const branches = checked?.repository === repository ? checked.branches : undefined;

  const create = useAction({
    run: async () => {
      const body: ApplicationInput = {
        name,
        serverId: values.serverId,
        source:
          values.kind === 'git'
            ? {
                kind: 'git',
                url: values.url.trim(),
                ...(values.branch && { branch: values.branch }),
                ...(values.credentialId && { credentialId: values.credentialId }),
                dockerfile: values.dockerfile.trim() || 'Dockerfile',
                contextDir: values.contextDir.trim() || '.',
              }
            : {
                kind: 'image',
                image: values.image.trim(),
                ...(values.username && { username: values.username, password: values.password }),
              },
        ...(values.port !== '' && { port: values.port }),
        ...(values.port !== '' && values.healthPath.trim() && { healthCheck: { path: values.healthPath.trim() } }),
        replicas: 1,
      };
      const application = await client.post<Application>(endpoints.applications(environment.id), body);
      // It is there now; should the deployment be refused, its page says so and offers to try again.
      const deployment = await client
        .post<Deployment>(endpoints.deployments(application.id), {})
        .catch(() => undefined);
      return { application, deployment };
    },
    invalidates: [['applications', environment.id]],
    onDone: ({ application, deployment }) =>
      deployment
        ? void navigate({
            to: paths.deployment,
            params: { application: application.id, deployment: deployment.id },
          })
        : void navigate({ to: paths.application, params: { application: application.id } }),
  });
  const fault = (field: keyof typeof values, path: string) => form.errors[field] ?? create.problem?.field(path);

  return (
    <form onSubmit={form.onSubmit(() => create.run())}>
      <Stack>
        <Section title="Where it comes from">
          <Stack>
            <SegmentedControl
              aria-label="Kind of source"
              data={[
                { value: 'git', label: 'Git repository' },
                { value: 'image', label: 'Image' },
              ]}
              {...form.getInputProps('kind')}
            />
            {values.kind === 'git' ? (
              <>
                <TextInput
                  label="Repository"
                  description="Over HTTPS or SSH. It needs a Dockerfile."
                  placeholder="https://github.com/acme/shop.git"
                  required
                  autoFocus
                  {...form.getInputProps('url')}
                  onBlur={() => {
                    if (values.url.trim() !== '' && checked?.repository !== repository) check.run();
                  }}
                  rightSection={
                    check.busy ? (
                      <Loader size={16} aria-label="Checking the repository" />
                    ) : branches ? (
                      <IconCircleCheck size={18} color="var(--hk-running)" aria-label="The repository answers" />
                    ) : undefined
                  }
                  error={fault('url', 'source.url')}
                />
                <Group align="flex-end" wrap="nowrap">
                  <Select
                    flex={1}
                    label="Credentials"
                    data={[
                      { value: '', label: 'None, it is public' },
                      ...(credentials.data ?? []).map((credential) => ({
                        value: credential.id,
                        label: `${credential.name} (${credential.kind === 'token' ? 'token' : 'deploy key'})`,
                      })),
                    ]}
                    {...form.getInputProps('credentialId')}
                  />
                  <Button
                    variant="default"
                    loading={check.busy}
                    disabled={values.url.trim() === ''}
                    onClick={() => check.run()}
                  >
                    Check
                  </Button>
                </Group>
                {check.problem && !branches && (
                  <>
                    <ProblemAlert error={check.problem} />
                    <Text size="sm" c="dimmed">
                      A private repository needs{' '}
                      <LinkAnchor to={paths.credentials} params={{ team: environment.teamId }}>
                        git credentials
                      </LinkAnchor>
                      : a deploy key for SSH, or a token for HTTPS.
                    </Text>
                  </>
                )}
                <Autocomplete
                  label="Branch"
                  description={
                    branches
                      ? `${branches.length} found. Its newest commit is deployed.`
                      : 'Left empty, the default branch.'
                  }
                  data={branches ?? []}
                  limit={50}
                  {...form.getInputProps('branch')}
                  error={fault('branch', 'source.branch')}
                />
                <Group grow align="flex-start">
                  <TextInput
                    label="Dockerfile"
                    {...form.getInputProps('dockerfile')}
                    error={fault('dockerfile', 'source.dockerfile')}
                  />
                  <TextInput
                    label="Folder of the build"
                    {...form.getInputProps('contextDir')}
                    error={fault('contextDir', 'source.contextDir')}
                  />
                </Group>
              </>
            ) : (
              <>
                <TextInput
                  label="Image"
                  placeholder="nginx:1.27"
                  required
                  autoFocus
                  {...form.getInputProps('image')}
                  error={fault('image', 'source.image')}
                />
                <Group grow align="flex-start">
                  <TextInput
                    label="Registry user"
                    description="Only for a private registry."
                    autoComplete="off"
                    {...form.getInputProps('username')}
                    error={fault('username', 'source.username')}
                  />
                  <PasswordInput
                    label="Registry password"
                    description="Sealed; never shown again."
                    autoComplete="new-password"
                    {...form.getInputProps('password')}
                  />
                </Group>
              </>
            )}
          </Stack>
        </Section>
        <Section title="How it runs">
          <Stack>
            <TextInput
              label="Name"
              description="Other containers of the environment reach it by this name."
              required
              value={values.nameTyped ? values.name : name}
              onChange={(event) => {
                form.setFieldValue('name', event.currentTarget.value);
                form.setFieldValue('nameTyped', true);
              }}
              error={
                taken ? 'An application of this environment has this name already.' : create.problem?.field('name')
              }
            />
            <Group grow align="flex-start">
              <NumberInput
                label="Port"
                description="Inside the container; empty for a worker."
                hideControls
                min={1}
                max={65535}
                allowDecimal={false}
                value={values.port}
                onChange={(port) => form.setFieldValue('port', typeof port === 'number' ? port : '')}
                error={create.problem?.field('port')}
              />
              <Select
                label="Server"
                description="Where its containers run."
                data={servers}
                {...form.getInputProps('serverId')}
                error={create.problem?.field('serverId')}
              />
            </Group>
            {values.port !== '' && (
              <TextInput
                label="Health check path"
                description="Traffic moves over once it answers 200 to 399. Empty: once the port accepts a connection."
                placeholder="/health"
                {...form.getInputProps('healthPath')}
                error={fault('healthPath', 'healthCheck.path')}
              />
            )}
          </Stack>
        </Section>
        <ProblemAlert error={create.problem} />
        <Group justify="flex-end">
          <LinkButton variant="default" to={paths.environment} params={{ environment: environment.id }}>
            Cancel
          </LinkButton>
          <GuardedButton
            type="submit"
            loading={create.busy}
            verdict={
              taken ? { allowed: false, reason: 'Choose another name first.' } : can.createApplication(permissions)
            }
          >
            Create and deploy
          </GuardedButton>
        </Group>
      </Stack>
    </form>
  );
}
