// A browser without scripts: it keeps cookies, follows redirects and submits forms, and nothing else.
// Trust comes from NODE_EXTRA_CA_CERTS, as for everything else in the process.

import http from 'node:http';
import https from 'node:https';

const MOST_REDIRECTS = 20;
const DEADLINE_MS = 60_000;

export class Browser {
  #cookies = [];

  /** Every address that was asked for, the newest last. */
  visited = [];

  /** Asks for an address and follows redirects; answers the page that they end at. */
  async open(url, { method = 'GET', body, headers = {} } = {}) {
    let target = new URL(url);
    for (let hop = 0; hop < MOST_REDIRECTS; hop++) {
      this.visited.push(target.href);
      const cookie = this.#cookieFor(target);
      const { status, headers: answered, text } = await request(target, method, body, {
        accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
        'accept-language': 'en',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
        'sec-fetch-site': headers['sec-fetch-site'] ?? 'none',
        ...(cookie && { cookie }),
        ...headers,
      });
      this.#keepCookies(target, answered['set-cookie'] ?? []);
      const location = answered.location;
      if (location === undefined || status < 300 || status > 399) {
        return new Page(target, status, answered, text);
      }
      if (status !== 307 && status !== 308) {
        method = 'GET';
        body = undefined;
        headers = {};
      }
      target = new URL(location, target);
    }
    throw new Error(`more than ${MOST_REDIRECTS} redirects: ${this.visited.slice(-MOST_REDIRECTS).join('\n')}`);
  }

  /** Submits a form of a page, with what a person typed and the button that they chose. */
  async submit(page, form, typed = {}, button = undefined) {
    const fields = new URLSearchParams();
    for (const { name, type, value, checked } of form.fields) {
      if (name && (type !== 'checkbox' || checked || name in typed)) {
        fields.append(name, typed[name] ?? value);
      }
    }
    if (button?.name) {
      fields.append(button.name, button.value);
    }
    const action = new URL(button?.formaction || form.action || page.url.href, page.url);
    if (form.method === 'get') {
      action.search = fields.toString();
      return this.open(action);
    }
    return this.open(action, {
      method: 'POST',
      body: fields.toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: page.url.origin,
        referer: page.url.href,
        'sec-fetch-site': page.url.origin === action.origin ? 'same-origin' : 'cross-site',
      },
    });
  }

  /** Forgets all cookies, as if another browser went on. */
  forget() {
    this.#cookies = [];
  }

  #cookieFor(url) {
    return this.#cookies
      .filter(({ host, path, secure }) =>
        host === url.hostname
        && (url.pathname === path || url.pathname.startsWith(path.endsWith('/') ? path : `${path}/`))
        && (!secure || url.protocol === 'https:' || isLoopback(url.hostname)))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  #keepCookies(url, lines) {
    for (const line of lines) {
      const [pair, ...rest] = line.split(';').map((part) => part.trim());
      const at = pair.indexOf('=');
      const attributes = new Map(rest.map((part) => {
        const equals = part.indexOf('=');
        return equals < 0 ? [part.toLowerCase(), ''] : [part.slice(0, equals).toLowerCase(), part.slice(equals + 1)];
      }));
      const cookie = {
        name: pair.slice(0, at),
        value: pair.slice(at + 1),
        host: url.hostname,
        path: attributes.get('path')?.startsWith('/') ? attributes.get('path') : folderOf(url.pathname),
        secure: attributes.has('secure'),
      };
      this.#cookies = this.#cookies.filter((kept) =>
        kept.name !== cookie.name || kept.host !== cookie.host || kept.path !== cookie.path);
      const age = attributes.get('max-age');
      const expires = attributes.get('expires');
      const over = age !== undefined ? Number(age) <= 0 : expires !== undefined && Date.parse(expires) <= Date.now();
      if (!over) {
        this.#cookies.push(cookie);
      }
    }
  }
}

// Not `fetch`, which would tell servers that a script asks and not a person.
function request(url, method, body, headers) {
  return new Promise((resolve, reject) => {
    const asked = (url.protocol === 'https:' ? https : http).request(url, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
      timeout: DEADLINE_MS,
    }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({
        status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString(),
      }));
      response.on('error', reject);
    });
    asked.on('timeout', () => asked.destroy(new Error(`${method} ${url} was not answered in time`)));
    asked.on('error', reject);
    asked.end(body);
  });
}

/** What an address answered. */
export class Page {
  constructor(url, status, headers, body) {
    this.url = url;
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** The forms in it: action, method, fields and buttons. */
  get forms() {
    return [...this.body.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)].map(([, head, inside]) => {
      const { action, method = 'get' } = attributesOf(head);
      const fields = [];
      const buttons = [];
      for (const [, tag, rest] of inside.matchAll(/<(input|button|textarea|select)\b([^>]*)>/gi)) {
        const { type = tag === 'button' ? 'submit' : 'text', name = '', value = '', formaction, ...more } = attributesOf(rest);
        if (type === 'submit' || type === 'image') {
          buttons.push({ name, value, formaction });
        } else if (type !== 'button' && type !== 'reset') {
          fields.push({ name, type, value: value || (type === 'checkbox' ? 'on' : ''), checked: 'checked' in more });
        }
      }
      return { action, method: method.toLowerCase(), fields, buttons };
    });
  }

  /** What a person reads on it, for messages. */
  get text() {
    return decode(this.body.replace(/<(script|style|head)\b[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]+>/g, ' '))
      .replace(/\s+/g, ' ').trim().slice(0, 600);
  }

  toString() {
    return `${this.status} ${this.url.href}: ${this.text}`;
  }
}

function attributesOf(text) {
  return Object.fromEntries([...text.matchAll(/([^\s=/"'>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g)]
    .map(([, name, double, single, bare]) => [name.toLowerCase(), decode(double ?? single ?? bare ?? '')]));
}

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decode(text) {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex, decimal, name) =>
    hex ? String.fromCodePoint(parseInt(hex, 16))
      : decimal ? String.fromCodePoint(Number(decimal))
        : ENTITIES[name.toLowerCase()] ?? whole);
}

function folderOf(path) {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}

function isLoopback(host) {
  return host === 'localhost' || host.endsWith('.localhost') || host === '127.0.0.1';
}
