package io.jenkins.plugins.shera.monitoring.prometheus;

import io.jenkins.plugins.shera.monitoring.thresholds.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * How often a Prometheus looks, by the configuration it works by.
 *
 * @param scrape of jobs that say nothing else
 * @param jobs scrape interval of each job
 */
public record Intervals(Duration scrape, Duration evaluation, Map<String, Duration> jobs) {

    private static final Duration USUAL = Duration.ofMinutes(1);

    /** Keeps its own copy. */
    public Intervals {
        jobs = Map.copyOf(jobs);
    }

    /** How often a job is scraped. */
    public Duration of(String job) {
        return jobs.getOrDefault(job, scrape);
    }

    static Intervals read(String yaml) throws IOException {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(32 << 20);
        Object root;
        try {
            root = new Yaml(new SafeConstructor(limits)).load(yaml);
        } catch (RuntimeException e) {
            throw new PrometheusException("Prometheus gave a configuration that is no YAML.", false, e);
        }
        Object global = field(root, "global");
        Duration scrape = duration(global, "scrape_interval", USUAL);
        Map<String, Duration> jobs = new HashMap<>();
        if (field(root, "scrape_configs") instanceof List<?> all) {
            for (Object each : all) {
                jobs.put(String.valueOf(field(each, "job_name")), duration(each, "scrape_interval", scrape));
            }
        }
        return new Intervals(scrape, duration(global, "evaluation_interval", USUAL), jobs);
    }

    private static Object field(Object of, String name) {
        return of instanceof Map<?, ?> map ? map.get(name) : null;
    }

    private static Duration duration(Object of, String name, Duration absent) throws IOException {
        Object value = field(of, name);
        return value == null ? absent : Figures.ofPrometheus(value.toString());
    }
}
