// The page: who answers, a counter shared by all visitors of this instance, and buttons that call the endpoints.
const element = (id) => document.getElementById(id);

function showAbout({ release, commit, instance, greeting, startedAt }) {
  element('release').textContent = release;
  element('commit').textContent = commit.slice(0, 12);
  element('instance').textContent = instance;
  element('greeting').textContent = greeting;
  element('started').textContent = new Date(startedAt).toLocaleString();
}

element('host').textContent = location.host;
fetch('/about')
  .then((response) => response.json())
  .then(showAbout);

let socket;
let retryMs = 250;

function connect() {
  socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`);
  socket.addEventListener('open', () => {
    retryMs = 250;
    setState('open', 'connected');
  });
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === 'hello') {
      showAbout(message);
    } else if (message.type === 'counter') {
      element('clicks').textContent = message.clicks;
      element('visitors').textContent = `· ${message.visitors} ${message.visitors === 1 ? 'visitor' : 'visitors'} here`;
    }
  });
  // A new release closes the old one's sockets: come back at once, and slower if nobody answers.
  socket.addEventListener('close', () => {
    setState('', 'reconnecting');
    setTimeout(connect, retryMs);
    retryMs = Math.min(retryMs * 2, 5000);
  });
}

function setState(className, text) {
  element('state').className = `state ${className}`;
  element('state').textContent = text;
  element('click').disabled = className !== 'open';
}

element('click').addEventListener('click', () => socket.send('{"type":"click"}'));

for (const button of document.querySelectorAll('[data-try]')) {
  button.addEventListener('click', async () => {
    const path = button.dataset.try;
    const began = performance.now();
    element('answer').textContent = `GET ${path} …`;
    const response = await fetch(path);
    const body = await response.json();
    const ms = Math.round(performance.now() - began);
    element('answer').textContent = `GET ${path} → ${response.status} after ${ms} ms\n\n${JSON.stringify(body, null, 2)}`;
  });
}

connect();
