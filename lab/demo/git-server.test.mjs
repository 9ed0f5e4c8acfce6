import assert from 'node:assert/strict';
import { execFile as execFileWithCallback } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { serveRepositories } from './git-server.mjs';

const execFile = promisify(execFileWithCallback);

async function served(t) {
  const folder = mkdtempSync(join(tmpdir(), 'git-server-'));
  const work = join(folder, 'work');
  await execFile('git', ['init', '--quiet', '--initial-branch=main', work]);
  writeFileSync(join(work, 'hello.txt'), 'hello '.repeat(100_000));
  const git = (...args) => execFile('git', ['-C', work, '-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args]);
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'first');
  await execFile('git', ['clone', '--quiet', '--bare', work, join(folder, 'app.git')]);
  const server = await serveRepositories(folder);
  t.after(() => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });
  return { folder, git, url: `http://127.0.0.1:${server.address().port}/app.git` };
}

test('a repository can be cloned', async (t) => {
  const { folder, git, url } = await served(t);

  await execFile('git', ['clone', '--quiet', url, join(folder, 'copy')]);

  const { stdout } = await execFile('git', ['-C', join(folder, 'copy'), 'rev-parse', 'HEAD']);
  assert.equal(stdout, (await git('rev-parse', 'HEAD')).stdout);
});

test('nobody can push', async (t) => {
  const { git, url } = await served(t);

  await assert.rejects(git('push', '--quiet', url, 'HEAD:refs/heads/other'));
});

test('a repository that is not there is not found', async (t) => {
  const { url } = await served(t);

  const answer = await fetch(`${url.replace('app.git', 'other.git')}/info/refs?service=git-upload-pack`);

  assert.equal(answer.status, 404);
});
