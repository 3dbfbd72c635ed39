package io.jenkins.plugins.shera.monitoring.thresholds;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All thresholds that were set for one tenant (or, in the platform's own book, for everyone), by where they were set.
 *
 * @param version counts up with every change, from 0 for a book nobody wrote in
 * @param places {@code ""} for the tenant, {@code shop} for an application, {@code shop/dev} for one of its environments
 */
public record ThresholdBook(long version, Map<String, List<Threshold>> places) {

    /** Keeps its own copy. */
    public ThresholdBook {
        Map<String, List<Threshold>> copy = new TreeMap<>();
        places.forEach((place, list) -> {
            if (!list.isEmpty()) {
                copy.put(place, List.copyOf(list));
            }
        });
        places = Collections.unmodifiableMap(copy);
    }

    /** The place of an application, or with a name of one of its environments. */
    public static String place(String application, String environment) {
        return environment.isEmpty() ? application : application + "/" + environment;
    }

    /** What was set at a place. */
    public List<Threshold> at(String place) {
        return places.getOrDefault(place, List.of());
    }

    /** The same with one threshold set at a place, in the stead of the one on the same metric. */
    public ThresholdBook with(String place, Threshold threshold) {
        ThresholdBook less = without(place, threshold.metric());
        Map<String, List<Threshold>> more = new TreeMap<>(less.places);
        List<Threshold> list = new ArrayList<>(less.at(place));
        list.add(threshold);
        more.put(place, list);
        return new ThresholdBook(version, more);
    }

    /** The same with what was set on a metric at a place taken away, so that the level above holds again. */
    public ThresholdBook without(String place, String metric) {
        Map<String, List<Threshold>> fewer = new TreeMap<>(places);
        fewer.put(
                place,
                at(place).stream().filter(each -> !each.metric().equals(metric)).toList());
        return new ThresholdBook(version, fewer);
    }

    /** The same with everything at a place replaced. */
    public ThresholdBook replaced(String place, List<Threshold> thresholds) {
        Map<String, List<Threshold>> all = new TreeMap<>(places);
        all.put(place, thresholds);
        return new ThresholdBook(version, all);
    }

    ThresholdBook numbered(long newVersion) {
        return new ThresholdBook(newVersion, places);
    }

    /** What holds for an application in an environment, or with an empty name in all of them, with the platform's book below this one. */
    public List<Effective> effective(ThresholdBook platform, String application, String environment) {
        return List.copyOf(Effective.of(Map.of(
                Level.PLATFORM, platform.at(""),
                Level.TENANT, at(""),
                Level.APPLICATION, at(application),
                Level.ENVIRONMENT, environment.isEmpty() ? List.of() : at(place(application, environment)))));
    }
}
