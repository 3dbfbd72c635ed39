package io.jenkins.plugins.shera.monitoring.counted;

import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.exec.ExecApi;
import io.jenkins.plugins.shera.kube.exec.ExecRequest;
import io.jenkins.plugins.shera.kube.exec.ExecRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Has containers count their threads, sockets and open files once, by a few words of shell that read their /proc. */
public final class PodCounts {

    /** Most pods that are asked. */
    public static final int MOST = 20;

    private static final Duration EACH = Duration.ofSeconds(10);
    private static final Duration ALL = Duration.ofSeconds(30);
    private static final int LARGEST = 4096;
    private static final Pattern SAID = Pattern.compile("counted ([0-9]{1,9}) (-|[0-9]{1,9}) (-|[0-9]{1,9})\\s*");

    /**
     * Its own shell is left out. What another user's process has open it may not see, and says so by a hyphen: not even root may in a
     * container, which can list the numbers, but not what they lead to.
     */
    private static final String COUNT =
            """
            t=0; f=0; s=0; u=
            for p in /proc/[0-9]*; do
              [ "$p" = "/proc/$$" ] && continue
              n=$(sed -n 's/^Threads:[^0-9]*//p' "$p/status" 2>/dev/null)
              [ -n "$n" ] || continue
              t=$((t + n))
              l=$(ls -l "$p/fd" 2>/dev/null)
              case $l in
                *' -> '*)
                  f=$((f + $(printf '%s\\n' "$l" | grep -c ' -> ')))
                  s=$((s + $(printf '%s\\n' "$l" | grep -c ' -> socket:')))
                  ;;
                *)
                  if [ -r "$p/fd" ]; then
                    [ -n "$(ls "$p/fd" 2>/dev/null)" ] && u=1
                  else
                    [ -d "$p/fd" ] && u=1
                  fi
                  ;;
              esac
            done
            [ -n "$u" ] && f=- && s=-
            echo "counted $t $f $s\"""";

    private PodCounts() {}

    /**
     * What one pod's container counted.
     *
     * @param files -1 where it may not see them; so {@code sockets}
     * @param problem why it counted nothing, in one word; empty when it did
     */
    public record Count(String pod, long threads, long files, long sockets, String problem) {}

    /** Asks one pod after the other, half a minute in all. */
    public static List<Count> of(ExecApi exec, String namespace, List<String> pods, String container) {
        List<Count> all = new ArrayList<>();
        long deadline = System.nanoTime() + ALL.toNanos();
        for (String pod : pods.subList(0, Math.min(MOST, pods.size()))) {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            all.add(
                    left.isNegative()
                            ? new Count(pod, -1, -1, -1, "LATE")
                            : ask(exec, namespace, pod, container, left.compareTo(EACH) < 0 ? left : EACH));
        }
        return all;
    }

    private static Count ask(ExecApi exec, String namespace, String pod, String container, Duration limit) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            ExecRequest request = ExecRequest.command(namespace, pod, container, "sh", "-c", COUNT);
            new ExecRun(exec, limit).run(request, null, bounded(said));
        } catch (KubeException e) {
            return new Count(pod, -1, -1, -1, e.kind().name());
        } catch (IOException e) {
            return new Count(pod, -1, -1, -1, "UNREACHABLE");
        }
        Matcher counts = SAID.matcher(said.toString(StandardCharsets.US_ASCII));
        return counts.matches()
                ? new Count(pod, number(counts.group(1)), number(counts.group(2)), number(counts.group(3)), "")
                : new Count(pod, -1, -1, -1, "NO_SHELL");
    }

    private static long number(String text) {
        return text.equals("-") ? -1 : Long.parseLong(text);
    }

    /** What a container says is its own to make up: no more is kept than a count needs. */
    private static OutputStream bounded(ByteArrayOutputStream to) {
        return new OutputStream() {
            @Override
            public void write(int one) {
                if (to.size() < LARGEST) {
                    to.write(one);
                }
            }
        };
    }
}
