package io.jenkins.plugins.shera.demo.examples;

import io.jenkins.plugins.shera.demo.site.BuildFollower;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.RunningBuild;
import io.jenkins.plugins.shera.demo.site.Stages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of {@code Jenkinsfile.examples} with their classes, the quickstart first. */
public final class Examples {
    /** One file, and how it is run. */
    public record Named(String name, Path file, Example example) {}

    private Examples() {}

    /** Every example of the project. */
    public static List<Named> of(Path project) throws IOException {
        List<Named> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(project.resolve("Jenkinsfile.examples"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.getFileName().toString();
                found.add(new Named(name, file, example(name)));
            }
        }
        found.sort(Comparator.comparing(named -> !named.name().equals("quickstart")));
        return found;
    }

    /** Puts the example's job where it belongs, and starts its servers; before Jenkins starts. */
    public static void beforeJenkins(DemoSite site, Named named) throws Exception {
        site.addJob(named.example().tenant(), named.name(), Files.readString(named.file()));
        named.example().beforeJenkins(site);
    }

    /**
     * Runs it and checks what came of it.
     *
     * @param table takes the time of its stages
     * @param output takes the lines of the log
     * @throws IOException when the build did not succeed, or the outside is not as the example promises
     */
    public static void run(DemoSite site, Named named, Stages table, Consumer<String> output) throws Exception {
        Example example = named.example();
        String path = site.client().build("job/" + example.tenant() + "/job/" + named.name(), example.parameters(site));
        RunningBuild build = new RunningBuild(site.client(), path);
        example.meanwhile(site, build);
        String result = new BuildFollower(site.client(), path, example.doneBy(site), table, output).follow();
        build.expect(result.equals("SUCCESS"), "The example " + named.name() + " ended as " + result);
        example.check(site, build, table);
    }

    private static Example example(String name) {
        String camel = Arrays.stream(name.split("[^A-Za-z0-9]+"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        String type = Examples.class.getPackageName() + "." + camel + "Example";
        try {
            return (Example) Class.forName(type).getDeclaredConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            return new Example() {};
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " needs a constructor without arguments", e);
        }
    }
}
