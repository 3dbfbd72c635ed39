package io.jenkins.plugins.shera.nginx.site;

import java.io.Serializable;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which directives the files of one tenant's people may have: the usual ones, with some that are as harmless and without some, as an
 * administrator wants it. Travels to the node, which judges by it once more; no list can have a directive that opens files, runs code or
 * reaches the node itself.
 */
public final class SiteAllowance implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Set<String> USUAL = words("absolute_redirect access_log add_header allow break charset"
            + " client_body_timeout client_header_timeout client_max_body_size default_type deny error_page etag expires geo"
            + " gzip gzip_comp_level gzip_min_length gzip_proxied gzip_types gzip_vary hash if if_modified_since internal"
            + " ip_hash keepalive keepalive_requests keepalive_timeout large_client_header_buffers least_conn limit_conn"
            + " limit_conn_status limit_conn_zone limit_except limit_rate limit_rate_after limit_req limit_req_status"
            + " limit_req_zone listen location log_not_found map merge_slashes port_in_redirect proxy_buffer_size"
            + " proxy_buffering proxy_buffers proxy_busy_buffers_size proxy_connect_timeout proxy_cookie_domain"
            + " proxy_cookie_path proxy_hide_header proxy_http_version proxy_ignore_client_abort proxy_ignore_headers"
            + " proxy_intercept_errors proxy_next_upstream proxy_next_upstream_timeout proxy_next_upstream_tries proxy_pass"
            + " proxy_pass_header proxy_pass_request_body proxy_pass_request_headers proxy_read_timeout proxy_redirect"
            + " proxy_request_buffering proxy_send_timeout proxy_set_body proxy_set_header proxy_ssl_name"
            + " proxy_ssl_server_name random real_ip_header real_ip_recursive return rewrite satisfy send_timeout server"
            + " server_name server_name_in_redirect server_tokens set set_real_ip_from split_clients stub_status sub_filter"
            + " sub_filter_once sub_filter_types tcp_nodelay underscores_in_headers upstream zone");

    /** As harmless, and less often wanted: nothing here takes a path of the node, runs code or speaks to PHP-FPM and the like. */
    private static final Set<String> FURTHER =
            words("add_trailer addition_types auth_delay auth_request auth_request_set"
                    + " charset_types chunked_transfer_encoding client_body_buffer_size client_header_buffer_size empty_gif"
                    + " grpc_buffer_size grpc_connect_timeout grpc_hide_header grpc_ignore_headers grpc_intercept_errors"
                    + " grpc_next_upstream grpc_next_upstream_timeout grpc_next_upstream_tries grpc_pass grpc_pass_header"
                    + " grpc_read_timeout grpc_send_timeout grpc_set_header grpc_socket_keepalive grpc_ssl_name grpc_ssl_server_name"
                    + " gunzip gunzip_buffers gzip_buffers gzip_disable gzip_http_version ignore_invalid_headers keepalive_disable"
                    + " keepalive_time limit_conn_dry_run limit_conn_log_level limit_req_dry_run limit_req_log_level lingering_close"
                    + " lingering_time lingering_timeout max_ranges mirror mirror_request_body override_charset proxy_cookie_flags"
                    + " proxy_force_ranges proxy_limit_rate proxy_max_temp_file_size proxy_method proxy_socket_keepalive"
                    + " proxy_ssl_ciphers proxy_ssl_protocols proxy_ssl_session_reuse reset_timedout_connection resolver"
                    + " resolver_timeout rewrite_log secure_link secure_link_md5 secure_link_secret slice source_charset"
                    + " sub_filter_last_modified tcp_nopush uninitialized_variable_warn userid userid_domain userid_expires"
                    + " userid_flags userid_mark userid_name userid_p3p userid_path userid_service valid_referers");

    private final String tenant;
    private final TreeSet<String> more;
    private final TreeSet<String> fewer;

    private SiteAllowance(String tenant, Collection<String> more, Collection<String> fewer) {
        this.tenant = tenant;
        this.more = new TreeSet<>(more);
        this.fewer = new TreeSet<>(fewer);
    }

    /** What files may have where nobody wanted it otherwise. */
    public static SiteAllowance usual() {
        return of("", Set.of(), Set.of());
    }

    /** Whatever any list may have: for files that are given back to a node, which were judged when they were pushed. */
    public static SiteAllowance widest() {
        return of("", FURTHER, Set.of());
    }

    /**
     * The usual directives with {@code more} and without {@code fewer}, of this tenant.
     *
     * @param more those of them that no list may have are passed over
     */
    public static SiteAllowance of(String tenant, Collection<String> more, Collection<String> fewer) {
        return new SiteAllowance(tenant, more, fewer);
    }

    /** The same, or the usual where an older sender had none. */
    public static SiteAllowance orUsual(SiteAllowance sent) {
        return sent == null ? usual() : sent;
    }

    /** Whether a list may have this directive at all. */
    public static boolean mayBeAllowed(String directive) {
        return USUAL.contains(directive) || FURTHER.contains(directive);
    }

    boolean has(String directive) {
        return mayBeAllowed(directive)
                && !fewer.contains(directive)
                && (USUAL.contains(directive) || more.contains(directive));
    }

    /** Why it does not have this directive, and what to do about it. */
    String refusal(String directive, String shown) {
        String start = "the directive '" + shown + "' is not among those that may be pushed";
        if (!mayBeAllowed(directive)) {
            return start + ". Leave it out, or ask the operator of the nodes to put it into their own nginx.conf.";
        }
        return start + (tenant.isEmpty() ? "" : " by tenant '" + tenant + "' (" + told() + ")")
                + ". Leave it out, or ask who has SheRa/Administer to put it on the tenant's list: Manage Jenkins, System,"
                + " SheRa: nginx, Directives of tenants.";
    }

    private String told() {
        TreeSet<String> with = new TreeSet<>(more);
        with.removeIf(each -> USUAL.contains(each) || fewer.contains(each) || !mayBeAllowed(each));
        TreeSet<String> without = new TreeSet<>(fewer);
        without.removeIf(each -> !USUAL.contains(each));
        return "its list: the usual directives"
                + (with.isEmpty() ? "" : ", also " + String.join(" ", with))
                + (without.isEmpty() ? "" : ", without " + String.join(" ", without));
    }

    private static Set<String> words(String all) {
        return Set.of(all.split(" "));
    }
}
