// Preloaded into every server (`node --require`).
//
// Whatever address a server asks for, it listens on the loopback interface, on a port that the
// system picks, and says so in $ADDRESS_FILE. It stops when its standard input ends, so that it
// never outlives the run that started it.
"use strict";

const fs = require("node:fs");
const net = require("node:net");

const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function (...args) {
  const ready = args.find((argument) => typeof argument === "function");
  this.once("listening", () => {
    const { address, port } = this.address();
    const file = process.env.ADDRESS_FILE;
    // Written beside it and renamed, so that nobody reads half a line.
    fs.writeFileSync(`${file}.part`, `${address}:${port}\n`);
    fs.renameSync(`${file}.part`, file);
  });
  return listen.call(this, { host: "127.0.0.1", port: 0 }, ready);
};

process.stdin.on("end", () => process.exit());
process.stdin.on("error", () => process.exit());
process.stdin.resume();
