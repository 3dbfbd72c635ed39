package io.jenkins.plugins.shera.nginx.imports;

import io.jenkins.plugins.shera.nginx.imports.Reason.Kind;
import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.RouteBalance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The upstreams of a tree, as members and balance of a route. */
final class Upstreams {
    private static final int USUAL_PORT = 80;
    private static final Pattern PLACE = Pattern.compile("(?:\\[([0-9a-fA-F:]+)]|([0-9.]+))(?::([0-9]{1,5}))?");

    private final Map<String, Statement> byName = new TreeMap<>();

    /** What requests are shared out among. */
    record Upstream(List<Member> members, RouteBalance balance) {}

    Upstreams(List<Located> all) {
        all.stream()
                .filter(each -> each.statement().name().equals("upstream")
                        && each.statement().block() != null
                        && each.statement().arguments().size() == 1)
                .forEach(each -> byName.put(each.statement().arguments().get(0), each.statement()));
    }

    /** Whether there is one of this name. */
    boolean has(String name) {
        return byName.containsKey(name);
    }

    /** What stands behind a host of {@code proxy_pass}. */
    Upstream of(String name) throws NotExactException {
        Statement upstream = byName.get(name);
        return upstream == null ? new Upstream(List.of(member(name, 1)), RouteBalance.NONE) : read(upstream);
    }

    private static Upstream read(Statement upstream) throws NotExactException {
        List<Member> members = new ArrayList<>();
        String method = "";
        int[] fails = null;
        for (Statement each : upstream.block()) {
            List<String> words = each.arguments();
            switch (each.name()) {
                case "server" -> {
                    int[] said = {1, 0, 0};
                    for (String word : words.subList(1, words.size())) {
                        option(word, said);
                    }
                    if (fails != null && (fails[1] != said[1] || fails[2] != said[2])) {
                        throw new NotExactException(
                                Kind.COUNTS_DIFFER, upstream.arguments().get(0));
                    }
                    fails = said;
                    members.add(member(words.get(0), said[0]));
                }
                case "keepalive", "zone" -> {
                    // Routes keep connections, too, and what workers share shows only between them.
                }
                case "least_conn", "ip_hash", "random", "hash" ->
                    method = method(each.name(), words)
                            .orElseThrow(() ->
                                    new NotExactException(Kind.METHOD, each.name() + " " + String.join(" ", words)));
                default -> throw new NotExactException(Kind.UPSTREAM_SAYS, each.name());
            }
        }
        try {
            return new Upstream(
                    members,
                    RouteBalance.of(method, null, fails == null ? 0 : fails[1], fails == null ? 0 : fails[2])
                            .check());
        } catch (InvalidRouteException e) {
            throw new NotExactException(Reason.text(e.getMessage()));
        }
    }

    private static void option(String word, int[] said) throws NotExactException {
        Matcher option = Pattern.compile("(weight|max_fails|fail_timeout)=([0-9]{1,6})(s?)")
                .matcher(word);
        if (!option.matches() || !option.group(3).isEmpty() && !option.group(1).equals("fail_timeout")) {
            throw new NotExactException(Kind.OPTION, word);
        }
        int number = Integer.parseInt(option.group(2));
        int place = List.of("weight", "max_fails", "fail_timeout").indexOf(option.group(1));
        if (number == 0) {
            throw new NotExactException(Kind.OPTION, word);
        }
        said[place] = number;
    }

    private static Optional<String> method(String name, List<String> words) {
        String all = String.join(" ", words);
        return switch (name) {
            case "random" -> all.equals("two least_conn") ? Optional.of("random") : Optional.empty();
            case "hash" -> hash(all);
            default -> words.isEmpty() ? Optional.of(name) : Optional.empty();
        };
    }

    private static Optional<String> hash(String all) {
        Matcher key = Pattern.compile("\\$(request_uri|(http|cookie)_([A-Za-z0-9_]+)) consistent")
                .matcher(all);
        if (!key.matches()) {
            return Optional.empty();
        }
        if (key.group(2) == null) {
            return Optional.of("uri");
        }
        return Optional.of(
                key.group(2).equals("http") ? "header " + key.group(3).replace('_', '-') : "cookie " + key.group(3));
    }

    private static Member member(String place, int weight) throws NotExactException {
        Matcher words = PLACE.matcher(place);
        if (!words.matches()) {
            throw new NotExactException(Kind.NAME_LOOKED_UP, place);
        }
        try {
            String address = words.group(1) == null ? words.group(2) : words.group(1);
            int port = words.group(3) == null ? USUAL_PORT : Integer.parseInt(words.group(3));
            return Member.of(address, port, weight);
        } catch (InvalidRouteException e) {
            throw new NotExactException(Reason.text(e.getMessage()));
        }
    }
}
