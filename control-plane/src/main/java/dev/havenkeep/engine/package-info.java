/**
 * Docker Engine as Havenkeep uses it: a typed client over a server's link, and stacks that are planned against what
 * runs and executed step by step. It knows no application, release or domain, only the labels that say who owns a
 * thing. Everything that it makes carries these labels, and nothing without them is ever touched.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "web", "servers"})
package dev.havenkeep.engine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
