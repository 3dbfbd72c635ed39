package io.jenkins.plugins.shera.monitoring.rules;

/** Input series for promtool, of the application shop in the namespace shop-ns. */
final class MeasuredSeries {

    private static final String POD = "namespace=\"shop-ns\",pod=\"shop-5d4f8c-x2z9k\"";
    private static final String CONTAINER = POD + ",container=\"shop\"";

    private MeasuredSeries() {}

    /** Series that are beyond a limit of 50 (0.5 for latency), or well within it. */
    static String of(String metric, String name, boolean beyond) {
        String steady = beyond ? "60x40" : "40x40";
        return switch (metric) {
            case "cpu" -> input(name, CONTAINER, beyond ? "0+1800x40" : "0+1200x40");
            case "requests", "networkIn", "networkOut" -> input(name, POD, beyond ? "0+1800x40" : "0+1200x40");
            case "restarts" ->
                name.startsWith("kube")
                        ? input(name, CONTAINER, beyond ? "0+4x40" : "0+1x40")
                        : incarnations(name, beyond ? 60 : 3);
            case "errorRate" -> {
                String label = name.startsWith("http_server") ? "status" : "code";
                String ok = input(name, POD + "," + label + "=\"200\"", "0+100x40");
                yield beyond ? ok + input(name, POD + "," + label + "=\"503\"", "0+300x40") : ok;
            }
            case "latency" ->
                input(name, POD + ",le=\"0.1\"", beyond ? "0+10x40" : "0+100x40")
                        + input(name, POD + ",le=\"1\"", "0+100x40")
                        + input(name, POD + ",le=\"+Inf\"", "0+100x40");
            default -> input(name, CONTAINER, steady);
        };
    }

    private static String incarnations(String name, int count) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            all.append(input(name, CONTAINER + ",id=\"" + i + "\"", "17e8x40"));
        }
        return all.toString();
    }

    static String input(String name, String labels, String values) {
        return "      - {series: '" + name + "{" + labels + "}', values: '" + values + "'}\n";
    }
}
