// Stands for mime-db in the bundle: its 2,500 types cost each replica 3.5 MB of private memory, and these are all that is
// ever sent or asked for by name here.
module.exports = {
  'application/json': { charset: 'UTF-8', extensions: ['json'] },
  'application/octet-stream': { extensions: ['bin'] },
  'text/html': { extensions: ['html'] },
  'text/plain': { extensions: ['txt'] },
};
