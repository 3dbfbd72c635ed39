package io.jenkins.plugins.shera.monitoring.promql.parse;

import java.util.Set;

/**
 * What may be called. A function that is not named here is refused, because it could choose series by itself, as {@code info} does,
 * past the scope.
 */
final class Functions {

    /** Aggregations, which may have {@code by} or {@code without}. */
    static final Set<String> AGGREGATIONS = Set.of(
            "sum",
            "avg",
            "count",
            "min",
            "max",
            "group",
            "stddev",
            "stdvar",
            "topk",
            "bottomk",
            "count_values",
            "quantile");

    private static final Set<String> KNOWN = Set.of(
            ("abs absent absent_over_time acos acosh asin asinh atan atanh avg_over_time ceil changes clamp clamp_max clamp_min cos cosh"
                            + " count_over_time day_of_month day_of_week day_of_year days_in_month deg delta deriv exp floor"
                            + " histogram_avg histogram_count histogram_fraction histogram_quantile histogram_stddev histogram_stdvar"
                            + " histogram_sum holt_winters double_exponential_smoothing hour idelta increase irate label_join label_replace"
                            + " last_over_time ln log10 log2 mad_over_time max_over_time min_over_time minute month pi predict_linear"
                            + " present_over_time quantile_over_time rad rate resets round scalar sgn sin sinh sort sort_desc sqrt"
                            + " stddev_over_time stdvar_over_time sum_over_time tan tanh time timestamp vector year")
                    .split(" "));

    /** Words that are no names of metrics where a query begins. */
    static final Set<String> KEYWORDS = Set.of(
            "and",
            "or",
            "unless",
            "atan2",
            "offset",
            "by",
            "without",
            "on",
            "ignoring",
            "group_left",
            "group_right",
            "bool");

    private Functions() {}

    static boolean isKnown(String name) {
        return KNOWN.contains(name);
    }
}
