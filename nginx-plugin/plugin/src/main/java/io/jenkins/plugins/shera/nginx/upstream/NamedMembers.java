package io.jenkins.plugins.shera.nginx.upstream;

import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Members as a person writes them: {@code 10.0.0.5:8080}, {@code [fd00::5]:8080} or {@code 10.0.0.5:8080 weight=3}. */
public final class NamedMembers {
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:\\[([0-9a-fA-F:]{2,39})]|([0-9.]{7,15})):(\\d{1,5})(?:\\s+weight=(\\d{1,3}))?");

    /** The last label has a letter, so that no slip in an address is taken for a name. */
    private static final Pattern NAME = Pattern.compile(
            "((?=.{1,253}:)(?:[A-Za-z0-9_-]{1,63}\\.)*[A-Za-z0-9_-]*[A-Za-z][A-Za-z0-9_-]*):(\\d{1,5})(?:\\s+weight=(\\d{1,3}))?");

    private NamedMembers() {}

    /** The same for nodes that look themselves, of which each may also be a DNS name, as {@code erp.example.com:8080}. */
    public static List<Target> targets(List<String> texts) throws InvalidRouteException {
        List<Target> targets = new ArrayList<>();
        for (String text : texts) {
            Matcher parts = NAME.matcher(text);
            if (parts.matches()) {
                int weight = parts.group(3) == null ? 1 : Integer.parseInt(parts.group(3));
                Target target = Target.named(parts.group(1), Integer.parseInt(parts.group(2)), weight);
                target.check();
                targets.add(target);
            } else {
                targets.add(Target.of(of(List.of(text)).get(0)));
            }
        }
        return targets;
    }

    /** Each with its weight, or 1. */
    public static List<Member> of(List<String> texts) throws InvalidRouteException {
        List<Member> members = new ArrayList<>();
        for (String text : texts) {
            Matcher parts = AUTHORITY.matcher(text);
            if (!parts.matches()) {
                throw new InvalidRouteException("The member '" + text
                        + "' is not an IP address with a port, such as 10.0.0.5:8080 or [fd00::5]:8080,"
                        + " and perhaps a weight, as in 10.0.0.5:8080 weight=3. A DNS name can be given where the nodes"
                        + " run KubeNg, which asks for it itself.");
            }
            String address = parts.group(1) == null ? parts.group(2) : parts.group(1);
            int weight = parts.group(4) == null ? 1 : Integer.parseInt(parts.group(4));
            members.add(Member.of(address, Integer.parseInt(parts.group(3)), weight));
        }
        return members;
    }
}
