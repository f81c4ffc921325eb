import { describe, expect, it } from "vitest";
import { Paths } from "../../src/server/paths.ts";

const paths = new Paths<string>();
for (const path of ["/api/entities", "/api/entities/:id", "/api/entities/:id/neighbors", "/api/export.:format"]) paths.add(path, path);

describe("a path", () => {
  it.each([
    ["/api/entities", "/api/entities", ""],
    ["/api/entities/", "/api/entities", ""],
    ["/api/entities/person:x", "/api/entities/:id", "person:x"],
    ["/api/entities/a%2Fb%20%C3%A9/neighbors/", "/api/entities/:id/neighbors", "a/b é"],
    ["/api/entities/neighbors", "/api/entities/:id", "neighbors"],
    ["/api/export.gexf", "/api/export.:format", "gexf"],
  ])("%s is that of %s", (asked, found, open) => {
    expect(paths.find(asked)).toEqual({ found, open });
  });

  it.each(["/api", "/API/entities", "/%61pi/entities", "/api/entities//neighbors", "/api/entities/a/b", "/api/export.", "//api/entities"])(
    "%s is none",
    (asked) => {
      expect(paths.find(asked)).toBeUndefined();
    },
  );

  it("that is broken is said to be, and one that leaves two parts open is no route's", () => {
    expect(() => paths.find("/api/entities/%E0%A4%A")).toThrow(URIError);
    expect(() => paths.add("/a/:one/:other", "")).toThrow(TypeError);
  });
});
