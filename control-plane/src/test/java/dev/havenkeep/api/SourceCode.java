package dev.havenkeep.api;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * What the source code says that the compiled classes do not: the Javadoc of types and methods, and which answers a
 * controller's method builds. So the API document needs no annotations of its own.
 */
final class SourceCode {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern INLINE_TAG = Pattern.compile("\\{@(\\w+)\\s+([^}]*)}");
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+(?=[A-Z{`\"(])");

    private final Map<String, Doc> types = new HashMap<>();
    private final Map<String, Doc> methods = new HashMap<>();
    private final Map<String, MethodTree> bodies = new HashMap<>();
    private final Map<String, Doc> constants = new HashMap<>();

    /**
     * A documentation comment as plain text.
     *
     * @param text everything before the block tags
     * @param parameters the text of each {@code @param}
     */
    record Doc(String text, Map<String, String> parameters) {

        static final Doc NONE = new Doc("", Map.of());

        /** The first sentence, without the full stop. */
        String summary() {
            String first = SENTENCE_END.split(text, 2)[0].strip();
            return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
        }
    }

    SourceCode() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files =
                        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
                Stream<Path> sources = Files.walk(SOURCES)) {
            List<Path> java =
                    sources.filter(path -> path.toString().endsWith(".java")).toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    files,
                    diagnostic -> {},
                    List.of("-proc:none"),
                    null,
                    files.getJavaFileObjectsFromPaths(java));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Reader(docs, String.valueOf(unit.getPackageName())).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Doc of(Class<?> type) {
        return types.getOrDefault(type.getName(), Doc.NONE);
    }

    Doc of(Enum<?> constant) {
        return constants.getOrDefault(constant.getDeclaringClass().getName() + "#" + constant.name(), Doc.NONE);
    }

    Doc of(Method method) {
        return methods.getOrDefault(key(method), Doc.NONE);
    }

    /** The names of the methods that are called on {@code ResponseEntity} and its builders, here or one call away. */
    Set<String> answersBuiltIn(Method method) {
        Set<String> names = new TreeSet<>();
        collect(method.getDeclaringClass().getName(), key(method), names, new TreeSet<>());
        return names;
    }

    /** The class literals in a method's body, by simple name. */
    Set<String> classLiteralsIn(Method method) {
        Set<String> names = new TreeSet<>();
        MethodTree tree = bodies.get(key(method));
        if (tree != null) {
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitMemberSelect(MemberSelectTree select, Void nothing) {
                    if (select.getIdentifier().contentEquals("class")) {
                        names.add(select.getExpression().toString());
                    }
                    return super.visitMemberSelect(select, nothing);
                }
            }.scan(tree, null);
        }
        return names;
    }

    private void collect(String type, String key, Set<String> names, Set<String> seen) {
        MethodTree tree = bodies.get(key);
        if (tree == null || !seen.add(key)) {
            return;
        }
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
                ExpressionTree target = call.getMethodSelect();
                if (target instanceof IdentifierTree own) {
                    collect(type, type + "#" + own.getName(), names, seen);
                } else if (target instanceof MemberSelectTree select) {
                    if (select.getExpression().toString().startsWith("ResponseEntity")) {
                        names.add(select.getIdentifier().toString());
                    }
                }
                return super.visitMethodInvocation(call, nothing);
            }
        }.scan(tree, null);
    }

    private static String key(Method method) {
        return method.getDeclaringClass().getName() + "#" + method.getName();
    }

    private final class Reader extends TreePathScanner<Void, Void> {

        private final DocTrees docs;
        private String scope;

        Reader(DocTrees docs, String packageName) {
            this.docs = docs;
            this.scope = packageName + ".";
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            String before = scope;
            String name = scope + type.getSimpleName();
            types.put(name, read(getCurrentPath()));
            scope = name + "$";
            super.visitClass(type, nothing);
            scope = before;
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            String name = scope.substring(0, scope.length() - 1) + "#" + method.getName();
            methods.merge(
                    name, read(getCurrentPath()), (first, next) -> first.text().isEmpty() ? next : first);
            bodies.putIfAbsent(name, method);
            return super.visitMethod(method, nothing);
        }

        @Override
        public Void visitVariable(VariableTree variable, Void nothing) {
            constants.put(scope.substring(0, scope.length() - 1) + "#" + variable.getName(), read(getCurrentPath()));
            return super.visitVariable(variable, nothing);
        }

        private Doc read(TreePath path) {
            String comment = docs.getDocComment(path);
            return comment == null ? Doc.NONE : parse(comment);
        }
    }

    private static Doc parse(String comment) {
        StringBuilder text = new StringBuilder();
        Map<String, StringBuilder> parameters = new LinkedHashMap<>();
        @Nullable StringBuilder current = text;
        for (String line : comment.lines().map(String::strip).toList()) {
            if (line.startsWith("@param ")) {
                String[] parts = line.substring("@param ".length()).split("\\s+", 2);
                current = parameters.computeIfAbsent(parts[0], name -> new StringBuilder());
                current.append(parts.length > 1 ? parts[1] : "").append(' ');
            } else if (line.startsWith("@")) {
                current = null;
            } else if (current != null) {
                current.append(line).append(' ');
            }
        }
        Map<String, String> described = new LinkedHashMap<>();
        parameters.forEach((name, description) -> described.put(name, plain(description.toString())));
        return new Doc(plain(text.toString()), described);
    }

    private static String plain(String comment) {
        Matcher tags = INLINE_TAG.matcher(comment);
        String text = tags.replaceAll(tag -> Matcher.quoteReplacement(
                switch (tag.group(1)) {
                    case "code", "literal" -> "`" + tag.group(2) + "`";
                    default -> label(tag.group(2));
                }));
        return text.replaceAll("</?(?:p|ul|ol|li|pre|b|i|em|strong)>", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String label(String link) {
        String[] parts = link.strip().split("\\s+", 2);
        if (parts.length > 1) {
            return parts[1];
        }
        String target = parts[0].substring(parts[0].indexOf('#') + 1);
        return target.substring(target.lastIndexOf('.') + 1);
    }
}
