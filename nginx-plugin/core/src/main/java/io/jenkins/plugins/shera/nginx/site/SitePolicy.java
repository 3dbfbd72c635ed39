package io.jenkins.plugins.shera.nginx.site;

import io.jenkins.plugins.shera.nginx.language.Parser;
import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.language.SyntaxException;
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

    private static final Set<String> ALLOWED = Set.of(("absolute_redirect add_header allow charset client_body_timeout"
                    + " client_header_timeout client_max_body_size default_type deny error_page etag expires geo gzip gzip_comp_level"
                    + " gzip_min_length gzip_proxied gzip_types gzip_vary hash if if_modified_since internal ip_hash keepalive"
                    + " keepalive_requests keepalive_timeout large_client_header_buffers least_conn limit_conn limit_conn_status"
                    + " limit_conn_zone limit_except limit_rate limit_rate_after limit_req limit_req_status limit_req_zone listen"
                    + " location log_not_found map merge_slashes port_in_redirect proxy_buffer_size proxy_buffering proxy_buffers"
                    + " proxy_busy_buffers_size proxy_connect_timeout proxy_cookie_domain proxy_cookie_path proxy_hide_header"
                    + " proxy_http_version proxy_ignore_client_abort proxy_ignore_headers proxy_intercept_errors"
                    + " proxy_next_upstream proxy_next_upstream_timeout proxy_next_upstream_tries proxy_pass proxy_pass_header"
                    + " proxy_pass_request_body proxy_pass_request_headers proxy_read_timeout proxy_redirect"
                    + " proxy_request_buffering proxy_send_timeout proxy_set_body proxy_set_header proxy_ssl_name"
                    + " proxy_ssl_server_name random real_ip_header real_ip_recursive return rewrite satisfy send_timeout server"
                    + " server_name server_name_in_redirect server_tokens set set_real_ip_from split_clients stub_status"
                    + " sub_filter sub_filter_once sub_filter_types tcp_nodelay underscores_in_headers upstream zone access_log break")
            .split(" +"));

    private SitePolicy() {}

    /** Checks every file of a set, by name. */
    public static void check(Map<String, String> files) throws InvalidSiteException {
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
                        Parser.parse(file.getKey(), file.getValue()).statements());
            } catch (SyntaxException e) {
                throw new InvalidSiteException(e.getMessage() + ". Correct it, then check again.");
            }
        }
    }

    static void statements(String file, List<Statement> statements) throws InvalidSiteException {
        for (Statement statement : statements) {
            String name = statement.name();
            if (!ALLOWED.contains(name)) {
                throw refused(
                        file,
                        statement,
                        "the directive '" + shown(name) + "' is not among those that may be pushed."
                                + " Leave it out, or ask the operator of the nodes to put it into their own nginx.conf.");
            }
            arguments(file, statement);
            if (statement.block() != null && TABLES.contains(name)) {
                table(file, statement);
            } else if (statement.block() != null) {
                statements(file, statement.block());
            }
        }
    }

    private static void arguments(String file, Statement statement) throws InvalidSiteException {
        for (String argument : statement.arguments()) {
            if (argument.contains("unix:")) {
                throw refused(
                        file, statement, "sockets of the node cannot be reached from here. Name a host and port.");
            }
            if (argument.startsWith("$shera_") && statement.name().equals("set")) {
                throw refused(file, statement, "names that begin with $shera_ are taken. Choose another one.");
            }
        }
        boolean log = statement.name().equals("access_log");
        if (log && !statement.arguments().equals(List.of("off"))) {
            throw refused(file, statement, "a log is a file of the node. Only 'access_log off' may be pushed.");
        }
    }

    private static void table(String file, Statement table) throws InvalidSiteException {
        if (table.arguments().stream().anyMatch(each -> each.startsWith("$shera_"))) {
            throw refused(file, table, "names that begin with $shera_ are taken. Choose another one.");
        }
        for (Statement line : table.block()) {
            if (line.name().equals("include") || line.isBlock()) {
                throw refused(file, line, "a file of the node cannot be read from here. Write the lines themselves.");
            }
        }
    }

    private static InvalidSiteException refused(String file, Statement statement, String why) {
        return new InvalidSiteException(file + ":" + statement.line() + ": " + why);
    }

    private static String shown(String word) {
        String plain = word.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 60 ? plain.substring(0, 60) + "..." : plain;
    }
}
