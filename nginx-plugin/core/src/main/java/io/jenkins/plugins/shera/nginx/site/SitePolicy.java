package io.jenkins.plugins.shera.nginx.site;

import io.jenkins.plugins.shera.nginx.language.Parser;
import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.language.SyntaxException;
import io.jenkins.plugins.shera.nginx.site.InvalidSiteException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What files of people may say. nginx's own test opens logs, reads certificates and loads modules as the user it runs as, so what it is
 * given is checked first: directives of an allow-list alone, and no paths of the node's own files.
 */
public final class SitePolicy {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,58}\\.conf");
    private static final int MOST_FILES = 50;
    private static final int LARGEST = 512 << 10;

    /** Blocks whose lines begin with a value and not with a directive. */
    private static final Set<String> TABLES = Set.of("map", "geo", "split_clients");

    /** Directives that give a variable its value. */
    private static final Set<String> SETTERS = Set.of("set", "auth_request_set");

    private SitePolicy() {}

    /** Checks every file of a set, by name, against the usual directives. */
    public static void check(Map<String, String> files) throws InvalidSiteException {
        check(files, SiteAllowance.usual());
    }

    /** The same against these directives. */
    public static void check(Map<String, String> files, SiteAllowance allowed) throws InvalidSiteException {
        if (files.size() > MOST_FILES) {
            throw new InvalidSiteException(
                    files.size() + " files are more than " + MOST_FILES + ". Put what belongs together into one.");
        }
        long size = 0;
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (!NAME.matcher(file.getKey()).matches()) {
                throw new InvalidSiteException(
                        "'" + file.getKey().replaceAll("\\p{Cntrl}", "?")
                                + "' cannot be the name of a file. Give lower case letters, digits, '-' and '_', ending in .conf.");
            }
            size += file.getValue().length();
            if (size > LARGEST) {
                throw new InvalidSiteException("The files are larger than 512 KiB together. Make them smaller.");
            }
            try {
                statements(
                        file.getKey(),
                        Parser.parse(file.getKey(), file.getValue()).statements(),
                        allowed);
            } catch (SyntaxException e) {
                throw new InvalidSiteException(e.getMessage() + ". Correct it, then check again.");
            }
        }
    }

    static void statements(String file, List<Statement> statements, SiteAllowance allowed) throws InvalidSiteException {
        for (Statement statement : statements) {
            String name = statement.name();
            if (!allowed.has(name)) {
                throw refused(
                        file,
                        statement,
                        SiteAllowance.mayBeAllowed(name) ? Kind.NOT_LISTED : Kind.DIRECTIVE,
                        allowed.refusal(name, shown(name)));
            }
            arguments(file, statement);
            if (statement.block() != null && TABLES.contains(name)) {
                table(file, statement);
            } else if (statement.block() != null) {
                statements(file, statement.block(), allowed);
            }
        }
    }

    private static void arguments(String file, Statement statement) throws InvalidSiteException {
        for (String argument : statement.arguments()) {
            if (argument.contains("unix:")) {
                throw refused(
                        file,
                        statement,
                        Kind.SOCKET,
                        "sockets of the node cannot be reached from here. Name a host and port.");
            }
            if (argument.startsWith("$shera_") && SETTERS.contains(statement.name())) {
                throw refused(
                        file,
                        statement,
                        Kind.TAKEN_NAME,
                        "names that begin with $shera_ are taken. Choose another one.");
            }
        }
        boolean log = statement.name().equals("access_log");
        if (log && !statement.arguments().equals(List.of("off"))) {
            throw refused(
                    file, statement, Kind.LOG, "a log is a file of the node. Only 'access_log off' may be pushed.");
        }
    }

    private static void table(String file, Statement table) throws InvalidSiteException {
        if (table.arguments().stream().anyMatch(each -> each.startsWith("$shera_"))) {
            throw refused(file, table, Kind.TAKEN_NAME, "names that begin with $shera_ are taken. Choose another one.");
        }
        for (Statement line : table.block()) {
            if (line.name().equals("include") || line.isBlock()) {
                throw refused(
                        file,
                        line,
                        Kind.NODE_FILE,
                        "a file of the node cannot be read from here. Write the lines themselves.");
            }
        }
    }

    private static InvalidSiteException refused(String file, Statement statement, Kind kind, String why) {
        return new InvalidSiteException(file + ":" + statement.line() + ": " + why, kind, shown(statement.name()));
    }

    private static String shown(String word) {
        String plain = word.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 60 ? plain.substring(0, 60) + "..." : plain;
    }
}
