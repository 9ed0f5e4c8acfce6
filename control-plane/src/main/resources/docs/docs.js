// Draws /openapi.json. Everything from the document becomes text nodes, never markup.
"use strict";

const METHODS = ["get", "post", "put", "patch", "delete"];
const DEPTH = 6;

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** listProjects as "List projects". */
function spaced(id) {
  const words = id.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words[0].toUpperCase() + words.slice(1);
}

/** The little of Markdown that the document uses: bold, code and paragraphs. */
function prose(text) {
  return text.split(/\n\s*\n/).map((paragraph) => {
    const block = element("p");
    for (const part of paragraph.split(/(\*\*[^*]+\*\*|`[^`]+`)/)) {
      if (part.startsWith("**")) block.append(element("strong", {}, part.slice(2, -2)));
      else if (part.startsWith("`")) block.append(element("code", {}, part.slice(1, -1)));
      else block.append(part.replace(/\s+/g, " "));
    }
    return block;
  });
}

function draw(api) {
  const content = document.getElementById("content");
  const index = document.getElementById("index");
  const resolve = (thing) =>
    thing?.$ref ? thing.$ref.split("/").slice(1).reduce((at, key) => at[key], api) : thing;
  const nameOf = (schema) => (schema?.$ref ? schema.$ref.split("/").at(-1) : null);

  function kind(schema) {
    const name = nameOf(schema);
    const real = resolve(schema) ?? {};
    if (real.const !== undefined) return JSON.stringify(real.const);
    if (real.enum) return real.enum.map((value) => JSON.stringify(value)).join(" | ");
    if (real.anyOf) return real.anyOf.map(kind).join(" or ");
    if ([real.type].flat().includes("array")) {
      return `list of ${kind(real.items)}${real.type === "array" ? "" : " or null"}`;
    }
    if (name) return name;
    if (real.additionalProperties && real.additionalProperties !== true) {
      return `object of ${kind(real.additionalProperties)}`;
    }
    const type = Array.isArray(real.type) ? real.type.join(" or ") : (real.type ?? "any");
    return real.format ? `${type} (${real.format})` : type;
  }

  /** The schema whose members are worth showing below a member: its own, or that of its items. */
  function inner(schema) {
    const real = resolve(schema);
    if (!real) return null;
    if (real.properties || real.oneOf) return schema;
    if (real.items) return inner(real.items);
    const object = real.anyOf?.find((choice) => inner(choice));
    return object ? inner(object) : null;
  }

  function members(schema, depth, seen) {
    const real = resolve(schema);
    const name = nameOf(schema);
    if (!real || depth > DEPTH || (name && seen.includes(name))) return [];
    const path = name ? [...seen, name] : seen;
    if (real.oneOf) {
      return real.oneOf.map((choice) =>
        element("div", { class: "member" }, element("span", { class: "kind" }, `either ${kind(choice)}`),
          element("div", { class: "members" }, ...members(choice, depth + 1, path))));
    }
    return Object.entries(real.properties ?? {}).map(([key, member]) => {
      const below = inner(member);
      const nested = below ? members(below, depth + 1, path) : [];
      return element("div", { class: "member" },
        element("code", {}, key), " ",
        element("span", { class: "kind" }, kind(member)), " ",
        real.required?.includes(key) ? element("span", { class: "required" }, "required") : null,
        member.description ? element("p", { class: "note" }, member.description) : null,
        nested.length
          ? element("details", {}, element("summary", { class: "note" }, "its members"),
              element("div", { class: "members" }, ...nested))
          : null);
    });
  }

  function body(heading, content) {
    return Object.entries(content ?? {}).map(([type, { schema }]) => {
      const shown = members(inner(schema) ?? {}, 0, []);
      return element("section", {},
        element("h4", {}, `${heading} `, element("span", { class: "kind" }, `${type} · ${kind(schema)}`)),
        shown.length ? element("div", { class: "members" }, ...shown) : null);
    });
  }

  function parameters(operation) {
    if (!operation.parameters?.length) return null;
    return element("table", {},
      element("thead", {}, element("tr", {},
        ...["Parameter", "In", "Kind", ""].map((text) => element("th", { scope: "col" }, text)))),
      element("tbody", {}, ...operation.parameters.map((parameter) => element("tr", {},
        element("td", {}, element("code", {}, parameter.name)),
        element("td", {}, parameter.in),
        element("td", {}, kind(parameter.schema)),
        element("td", {}, parameter.required ? element("span", { class: "required" }, "required ") : "",
          parameter.description ?? "")))));
  }

  function answers(operation) {
    const good = Object.entries(operation.responses).filter(([status]) => status.startsWith("2"));
    const bad = Object.keys(operation.responses).filter((status) => /^[345]/.test(status));
    return [
      ...good.flatMap(([status, answer]) => {
        const shown = body(`Answers ${status}`, resolve(answer).content);
        return shown.length ? shown : [element("h4", {}, `Answers ${status}, without a body`)];
      }),
      element("p", { class: "note" }, `Problems: ${bad.join(", ")}, as `, element("code", {}, "Problem"), "."),
    ];
  }

  const byTag = new Map();
  for (const [path, item] of Object.entries(api.paths)) {
    for (const method of METHODS.filter((candidate) => item[candidate])) {
      const operation = item[method];
      const tag = operation.tags?.[0] ?? "other";
      byTag.set(tag, [...(byTag.get(tag) ?? []), { path, method, operation }]);
    }
  }

  document.getElementById("state").remove();
  content.append(...prose(api.info.description));
  for (const [tag, operations] of byTag) {
    content.append(element("h2", { id: tag }, tag));
    const list = element("ul");
    for (const { path, method, operation } of operations) {
      const id = operation.operationId;
      content.append(element("article", { id },
        element("h3", {}, element("span", { class: `method ${method}` }, method.toUpperCase()),
          element("span", { class: "path" }, path)),
        element("p", { class: "summary" }, `${operation.summary}.`),
        ...(operation.description ? prose(operation.description.slice(operation.summary.length + 1).trim()) : []),
        element("p", { class: "permission" }, "Needs ", element("code", {}, operation["x-permission"]), " · ",
          element("code", {}, id)),
        parameters(operation),
        ...body("Body", operation.requestBody?.content),
        ...answers(operation)));
      const words = `${method} ${path} ${operation.summary} ${id}`.toLowerCase();
      list.append(element("li", { "data-words": words }, element("a", { href: `#${id}` },
        element("span", { class: `method ${method}` }, method.toUpperCase()), spaced(id))));
    }
    index.append(element("section", {}, element("h2", {}, tag), list));
  }

  document.getElementById("filter").addEventListener("input", (event) => {
    const wanted = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const item of index.querySelectorAll("li")) {
      item.hidden = !wanted.every((word) => item.dataset.words.includes(word));
    }
    for (const section of index.querySelectorAll("section")) {
      section.hidden = !section.querySelector("li:not([hidden])");
    }
  });
  // The address may name an operation that has just come to be.
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

fetch("/openapi.json")
  .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`the document answers ${answer.status}`))))
  .then(draw)
  .catch((failure) => {
    document.getElementById("state").textContent = `The API document cannot be drawn: ${failure.message}.`;
  });
