// Makes Azurite durable, as a storage account is: it keeps its tables in memory and writes them to its file every five
// seconds (LokiJS, autosave), so that one that is killed forgets what it acknowledged. Here no answer to a change leaves
// before a save that began after the change has ended. Loaded before Azurite: node --require durable.js.
'use strict';

const http = require('http');
const Module = require('module');

const databases = new Set();
let waiting = [];
let saving = false;

const load = Module._load;
Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (request === 'lokijs' && !loaded.prototype.isWatched) {
    loaded.prototype.isWatched = true;
    for (const name of ['loadDatabase', 'addCollection']) {
      const method = loaded.prototype[name];
      loaded.prototype[name] = function (...args) {
        databases.add(this);
        return method.apply(this, args);
      };
    }
  }
  return loaded;
};

const save = (database) => new Promise((resolve, reject) => database.saveDatabase((error) => (error ? reject(error) : resolve())));

async function saveAndAnswer() {
  saving = true;
  while (waiting.length > 0) {
    const answers = waiting;
    waiting = [];
    await Promise.all([...databases].map(save));
    answers.forEach((answer) => answer());
  }
  saving = false;
}

const end = http.ServerResponse.prototype.end;
http.ServerResponse.prototype.end = function (...args) {
  if (this.req.method === 'GET' || this.req.method === 'HEAD') return end.apply(this, args);
  if (databases.size === 0) throw new Error('Azurite keeps its data elsewhere than expected; it would not be durable.');
  waiting.push(() => end.apply(this, args));
  if (!saving) saveAndAnswer();
  return this;
};
