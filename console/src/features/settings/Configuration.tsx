import { Box, Group, NumberInput, PasswordInput, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../api/client';
import { useApplication } from '../../api/deploy';
import { useAction } from '../../api/hooks';
import type { Problem } from '../../api/problem';
import { credentialsQuery, serversQuery } from '../../api/queries';
import type { Application } from '../../api/types';
import { can } from '../../can';
import { endpoints } from '../../routes';
import { parseArgv } from '../../ui/argv';
import { Section } from '../../ui/Page';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { SaveBar } from '../../ui/SaveBar';
import { patchOf, valuesOf, type Values } from './values';
import { VolumeList } from './VolumeList';
import classes from './Settings.module.css';

interface PartProps {
  form: UseFormReturnType<Values>;
  fault: (path: string) => string | undefined;
}

const commandFault = (text: string) => parseArgv(text).fault ?? null;

export function Configuration({ application }: { application: Application }) {
  const { permissions } = useApplication();
  const before = valuesOf(application);
  const form = useForm<Values>({
    initialValues: before,
    validate: { command: commandFault, releaseCommand: commandFault, healthCommand: commandFault },
  });
  const patch = patchOf(before, form.values);
  const save = useAction({
    run: () => client.patch(endpoints.application(application.id), patch, { ifMatch: application.version }),
    invalidates: [
      ['application', application.id],
      ['applications', application.environmentId],
    ],
    done: 'Saved. Re-release to apply it.',
  });
  const fault = (path: string) => faultIn(save.problem, path);
  return (
    <form onSubmit={form.onSubmit(() => save.run())}>
      <Stack>
        <General form={form} fault={fault} application={application} />
        <SourcePart form={form} fault={fault} application={application} />
        <HealthPart form={form} fault={fault} />
        <RunPart form={form} fault={fault} />
        <RolloutPart form={form} fault={fault} />
        <ProblemAlert error={save.problem} />
        <SaveBar
          changed={Object.keys(patch)}
          busy={save.busy}
          verdict={can.changeApplication(permissions)}
          onDiscard={() => form.setValues(before)}
        />
      </Stack>
    </form>
  );
}

function faultIn(problem: Problem | undefined, path: string): string | undefined {
  return problem?.field(path);
}

function General({ form, fault, application }: PartProps & { application: Application }) {
  const servers = useQuery(serversQuery(application.teamId));
  return (
    <Section title="General">
      <Stack>
        <TextInput label="Name" required {...form.getInputProps('name')} error={fault('name')} />
        <Group grow align="flex-start">
          <Count
            form={form}
            name="port"
            label="Port"
            description="What it listens on. Empty for a worker without traffic."
            min={1}
            max={65535}
            error={fault('port')}
          />
          <Count
            form={form}
            name="replicas"
            label="Replicas"
            description="Containers side by side."
            min={1}
            error={fault('replicas')}
          />
        </Group>
        <Select
          label="Server"
          data={servers.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          {...form.getInputProps('serverId')}
          error={fault('serverId')}
        />
      </Stack>
    </Section>
  );
}

function SourcePart({ form, fault, application }: PartProps & { application: Application }) {
  const credentials = useQuery(credentialsQuery(application.teamId));
  return (
    <Section title="Source and build">
      <Stack>
        <SegmentedControl
          aria-label="Kind of source"
          data={[
            { value: 'git', label: 'Git repository' },
            { value: 'image', label: 'Image' },
          ]}
          {...form.getInputProps('kind')}
        />
        {form.values.kind === 'git' ? (
          <>
            <TextInput label="Repository" required {...form.getInputProps('url')} error={fault('source.url')} />
            <Group grow align="flex-start">
              <TextInput
                label="Branch"
                placeholder="the default branch"
                {...form.getInputProps('branch')}
                error={fault('source.branch')}
              />
              <Select
                label="Credentials"
                data={[
                  { value: '', label: 'None, it is public' },
                  ...(credentials.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
                ]}
                {...form.getInputProps('credentialId')}
                error={fault('source.credentialId')}
              />
            </Group>
            <Group grow align="flex-start">
              <TextInput label="Dockerfile" {...form.getInputProps('dockerfile')} error={fault('source.dockerfile')} />
              <TextInput
                label="Folder of the build"
                {...form.getInputProps('contextDir')}
                error={fault('source.contextDir')}
              />
            </Group>
          </>
        ) : (
          <>
            <TextInput label="Image" required {...form.getInputProps('image')} error={fault('source.image')} />
            <Group grow align="flex-start">
              <TextInput
                label="Registry user"
                autoComplete="off"
                {...form.getInputProps('username')}
                error={fault('source.username')}
              />
              <PasswordInput
                label="Registry password"
                placeholder="unchanged"
                autoComplete="new-password"
                {...form.getInputProps('password')}
                error={fault('source.password')}
              />
            </Group>
          </>
        )}
      </Stack>
    </Section>
  );
}

function HealthPart({ form, fault }: PartProps) {
  return (
    <Section
      title="Health check"
      description="A new version gets traffic once it passes. Without a path or command, a listening port is enough."
    >
      <Stack>
        <TextInput
          label="Path"
          placeholder="/health"
          description="Asked by HTTP; an answer of 200 to 399 passes."
          {...form.getInputProps('healthPath')}
          error={fault('healthCheck.path')}
        />
        <TextInput
          label="Command"
          placeholder="/app/check --quick"
          description="Run in the container instead; exit code 0 passes."
          {...form.getInputProps('healthCommand')}
          error={form.errors.healthCommand ?? fault('healthCheck.command')}
        />
        <div className={classes.four}>
          <Count
            form={form}
            name="intervalSeconds"
            label="Interval"
            suffix=" s"
            min={1}
            error={fault('healthCheck.intervalSeconds')}
          />
          <Count
            form={form}
            name="timeoutSeconds"
            label="Timeout"
            suffix=" s"
            min={1}
            error={fault('healthCheck.timeoutSeconds')}
          />
          <Count
            form={form}
            name="startPeriodSeconds"
            label="Start period"
            suffix=" s"
            min={0}
            error={fault('healthCheck.startPeriodSeconds')}
          />
          <Count form={form} name="retries" label="Retries" min={1} error={fault('healthCheck.retries')} />
        </div>
      </Stack>
    </Section>
  );
}

function RunPart({ form, fault }: PartProps) {
  return (
    <Section title="Containers">
      <Stack>
        <TextInput
          label="Command"
          description="Instead of the image's own. Words, with quotes where needed; no shell reads it."
          placeholder="node server.js --workers 4"
          {...form.getInputProps('command')}
          error={form.errors.command ?? fault('command')}
        />
        <Group grow align="flex-start">
          <Count
            form={form}
            name="cpus"
            label="Processors"
            description="Empty for no limit."
            decimals
            min={0.01}
            step={0.25}
            error={fault('resources.cpus')}
          />
          <Count
            form={form}
            name="memoryMebibytes"
            label="Memory"
            description="Empty for no limit."
            suffix=" MiB"
            min={6}
            step={64}
            error={fault('resources.memoryBytes')}
          />
        </Group>
        <VolumeList
          volumes={form.values.volumes}
          onChange={(volumes) => form.setFieldValue('volumes', volumes)}
          fault={fault('volumes') ?? fault('volumes.name') ?? fault('volumes.mountPath')}
        />
      </Stack>
    </Section>
  );
}

function RolloutPart({ form, fault }: PartProps) {
  return (
    <Section title="Deployment">
      <Stack>
        <TextInput
          label="Release command"
          description="Run once in the new image before anything switches, for example a schema migration. A failure ends the deployment there."
          placeholder="npm run migrate"
          {...form.getInputProps('releaseCommand')}
          error={form.errors.releaseCommand ?? fault('releaseCommand')}
        />
        <Box>
          <Select
            label="Strategy"
            description={
              form.values.strategy === 'rolling'
                ? 'The new version starts beside the old one and takes over: no request fails.'
                : 'The old version stops before the new one starts: for what cannot run twice. Requests fail meanwhile.'
            }
            data={[
              { value: 'rolling', label: 'Rolling' },
              { value: 'recreate', label: 'Recreate' },
            ]}
            {...form.getInputProps('strategy')}
            error={fault('strategy')}
          />
        </Box>
        <div className={classes.four}>
          <Count form={form} name="drainSeconds" label="Drain" suffix=" s" min={0} error={fault('drainSeconds')} />
          <Count
            form={form}
            name="stopGraceSeconds"
            label="Stop grace"
            suffix=" s"
            min={0}
            error={fault('stopGraceSeconds')}
          />
          <Count form={form} name="keptReleases" label="Kept releases" min={1} error={fault('keptReleases')} />
        </div>
      </Stack>
    </Section>
  );
}

type Countable = { [K in keyof Values]: Values[K] extends number | '' ? K : never }[keyof Values];

interface CountProps {
  form: UseFormReturnType<Values>;
  name: Countable;
  label: string;
  description?: string;
  suffix?: string;
  min?: number;
  max?: number;
  step?: number;
  decimals?: boolean;
  error: string | undefined;
}

function Count({ form, name, decimals = false, ...props }: CountProps) {
  return (
    <NumberInput
      {...props}
      allowDecimal={decimals}
      allowNegative={false}
      clampBehavior="none"
      value={form.values[name]}
      onChange={(value) => form.setFieldValue(name, typeof value === 'number' ? value : '')}
    />
  );
}
