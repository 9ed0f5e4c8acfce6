import { ActionIcon, Menu, Tooltip, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import {
  IconBuildingFortress,
  IconCheck,
  IconDeviceDesktop,
  IconGitBranch,
  IconHistory,
  IconId,
  IconKey,
  IconLogout,
  IconMenu2,
  IconMoon,
  IconSearch,
  IconSelector,
  IconServer,
  IconSettings,
  IconSun,
  IconUser,
  IconUsers,
  IconX,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { client } from '../../api/client';
import { useAction, useSession } from '../../api/hooks';
import { useLiveEvents } from '../../api/live';
import { endpoints, paths } from '../../routes';
import { LinkMenuItem } from '../../ui/links';
import { Logo } from '../../ui/Logo';
import { NewTeam } from './NewTeam';
import classes from './Shell.module.css';
import { useCurrentTeam } from './currentTeam';
import { palette } from './paletteStore';

const Palette = lazy(() => import('./Palette').then((module) => ({ default: module.Palette })));

const ICON = { size: 17, stroke: 1.7, 'aria-hidden': true } as const;

/** The frame of every page behind the sign-in: navigation beside the content, and the live events of the team. */
export function Shell() {
  const team = useCurrentTeam();
  const [open, setOpen] = useState(false);
  const location = useLocation();
  useLiveEvents(team?.id);
  // Here and not in the palette, which may still be on its way when somebody is quick.
  useHotkeys([['mod+K', palette.open]], []);
  useEffect(() => setOpen(false), [location.pathname]);
  useEffect(() => {
    if (!open) return;
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setOpen(false);
    };
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, [open]);

  return (
    <div className={classes.shell}>
      <a className="hk-skip" href="#content">
        Skip to the content
      </a>
      <header className={classes.topbar}>
        <ActionIcon
          variant="transparent"
          c="white"
          size="lg"
          aria-label="Open the navigation"
          onClick={() => setOpen(true)}
        >
          <IconMenu2 size={20} />
        </ActionIcon>
        <Link to={paths.home} style={{ color: 'inherit', textDecoration: 'none' }}>
          <Logo size={22} />
        </Link>
        <ActionIcon variant="transparent" c="white" size="lg" ml="auto" aria-label="Search" onClick={palette.open}>
          <IconSearch size={18} />
        </ActionIcon>
      </header>
      <button
        type="button"
        className={classes.veil}
        data-open={open}
        aria-label="Close the navigation"
        tabIndex={-1}
        onClick={() => setOpen(false)}
      />
      <Sidebar open={open} onClose={() => setOpen(false)} />
      <main id="content" tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      <Suspense>
        <Palette team={team} />
      </Suspense>
    </div>
  );
}

function Sidebar({ open, onClose }: { open: boolean; onClose: () => void }) {
  const team = useCurrentTeam();
  const { pathname } = useLocation();
  const params = { team: team?.id ?? '' };
  // What is in a project has no team in its address.
  const within = /^\/(projects|environments|applications)\//.test(pathname);
  return (
    <nav className={classes.sidebar} data-open={open} aria-label="Main">
      <div style={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between' }}>
        <Link to={paths.home} className={classes.home} aria-label="Havenkeep, home">
          <Logo />
        </Link>
        {open && (
          <ActionIcon variant="transparent" c="white" aria-label="Close the navigation" onClick={onClose}>
            <IconX size={18} />
          </ActionIcon>
        )}
      </div>
      <TeamSwitcher />
      {team && (
        <div>
          <Link to={paths.projects} params={params} className={classes.link} data-within={within}>
            <IconBuildingFortress {...ICON} /> Projects
          </Link>
          <Link to={paths.servers} params={params} className={classes.link}>
            <IconServer {...ICON} /> Servers
          </Link>
          <Link to={paths.realms} params={params} className={classes.link}>
            <IconId {...ICON} /> Realms
          </Link>
          <Link to={paths.credentials} params={params} className={classes.link}>
            <IconGitBranch {...ICON} /> Git credentials
          </Link>
          <div className={classes.group}>Team</div>
          <Link to={paths.members} params={params} className={classes.link}>
            <IconUsers {...ICON} /> Members
          </Link>
          <Link to={paths.tokens} params={params} className={classes.link}>
            <IconKey {...ICON} /> API tokens
          </Link>
          <Link to={paths.audit} params={params} className={classes.link}>
            <IconHistory {...ICON} /> Audit log
          </Link>
          <Link to={paths.teamSettings} params={params} className={classes.link}>
            <IconSettings {...ICON} /> Team settings
          </Link>
        </div>
      )}
      <div className={classes.foot}>
        <UnstyledButton className={classes.link} onClick={palette.open}>
          <IconSearch {...ICON} /> Search
          <kbd className={classes.kbd}>{navigator.platform.startsWith('Mac') ? 'Cmd K' : 'Ctrl K'}</kbd>
        </UnstyledButton>
        <Person />
      </div>
    </nav>
  );
}

function TeamSwitcher() {
  const session = useSession();
  const current = useCurrentTeam();
  const [creating, setCreating] = useState(false);
  return (
    <>
      <Menu width={212} position="bottom-start">
        <Menu.Target>
          <UnstyledButton className={classes.team} aria-label={`Team ${current?.name ?? 'none'}: switch`}>
            <span className={classes.teamName}>{current?.name ?? 'No team yet'}</span>
            <IconSelector size={15} stroke={1.7} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {session.teams.map((team) => (
            <LinkMenuItem
              key={team.id}
              to={paths.projects}
              params={{ team: team.id }}
              rightSection={team.id === current?.id ? <IconCheck size={15} aria-label="current" /> : undefined}
            >
              {team.name}
            </LinkMenuItem>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => setCreating(true)}>New team</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <NewTeam opened={creating} onClose={() => setCreating(false)} />
    </>
  );
}

function Person() {
  const { user } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const signOut = useAction({
    run: () => client.delete(endpoints.session),
    notifyProblem: true,
    onDone: () => {
      client.useCsrfToken(undefined);
      queryClient.clear();
      void navigate({ to: paths.signIn, search: { next: undefined } });
    },
  });
  const themes = [
    { value: 'auto', label: 'Like the system', icon: IconDeviceDesktop },
    { value: 'light', label: 'Light', icon: IconSun },
    { value: 'dark', label: 'Dark', icon: IconMoon },
  ] as const;
  return (
    <Menu width={212} position="top-start">
      <Menu.Target>
        <UnstyledButton className={classes.person} aria-label={`${user.name}: account and theme`}>
          <span className={classes.initials} aria-hidden>
            {initials(user.name)}
          </span>
          <span className={classes.teamName}>{user.name}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Tooltip label={user.email} position="right">
          <LinkMenuItem to={paths.account} leftSection={<IconUser {...ICON} />}>
            Account
          </LinkMenuItem>
        </Tooltip>
        <Menu.Divider />
        <Menu.Label>Theme</Menu.Label>
        {themes.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon {...ICON} />}
            rightSection={colorScheme === value ? <IconCheck size={15} aria-label="chosen" /> : undefined}
            onClick={() => setColorScheme(value)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout {...ICON} />} onClick={() => signOut.run()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return letters
    .map((word) => (word ? String.fromCodePoint(word.codePointAt(0) ?? 0) : ''))
    .join('')
    .toUpperCase();
}
