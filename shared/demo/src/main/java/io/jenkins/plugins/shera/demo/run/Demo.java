package io.jenkins.plugins.shera.demo.run;

import io.jenkins.plugins.shera.demo.examples.Examples;
import io.jenkins.plugins.shera.demo.parts.Machine;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.Options;
import io.jenkins.plugins.shera.demo.site.Stages;
import io.jenkins.plugins.shera.demo.site.Tenants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** From nothing to an application that answers, with everything in between shown. */
public final class Demo {
    private final Options options;
    private final Stages stages = new Stages();
    private final List<Examples.Named> shown = new ArrayList<>();
    private DemoSite site;

    private Demo(Options options) {
        this.options = options;
    }

    /** Exits with 0 when every stage succeeded, 1 when not, 2 for words it does not know. */
    public static void main(String[] words) throws InterruptedException {
        if (List.of(words).contains("--help") || List.of(words).contains("-h")) {
            System.out.print(Options.HELP);
            return;
        }
        int exit = 1;
        try {
            Demo demo = new Demo(Options.of(
                    words,
                    Path.of(System.getProperty("shera.project", "."))
                            .toAbsolutePath()
                            .normalize()));
            exit = demo.run() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            System.err.println("bin/demo: " + e.getMessage());
            exit = 2;
        } catch (Exception e) {
            System.err.println("bin/demo: " + e.getMessage());
        }
        System.exit(exit);
    }

    private boolean run() throws Exception {
        Files.createDirectories(options.work());
        if (options.install() && !options.sandbox()) {
            install();
        }
        site = DemoSite.open(options);
        Runtime.getRuntime().addShutdownHook(new Thread(site::close));
        say("registry  " + site.registry().part());
        say("nginx     " + site.nginx().part());
        say("cluster   " + site.cluster().part());
        for (Examples.Named named : Examples.of(options.project())) {
            prepare(named);
        }
        site.startJenkins();
        say("Jenkins' stand-in with the six plugins: " + site.url());
        for (Examples.Named named : shown) {
            named.example().prepare(site);
        }
        boolean good = runAll();
        report(good);
        return good;
    }

    /** Examples the demo does not show are jobs all the same, to be looked at. */
    private void prepare(Examples.Named named) throws Exception {
        if (named.example().doneBy(site).isEmpty()) {
            site.addJob(Tenants.FIRST, named.name(), Files.readString(named.file()));
            return;
        }
        String missing = named.example().missing(site);
        if (!missing.isEmpty()) {
            say("left out  " + named.name() + ": " + missing);
            return;
        }
        Examples.beforeJenkins(site, named);
        shown.add(named);
    }

    private boolean runAll() throws InterruptedException {
        for (Examples.Named named : shown) {
            say("running Jenkinsfile.examples/" + named.name() + " as " + site.url() + "job/" + Tenants.FIRST + "/job/"
                    + named.name() + "/");
            try {
                Examples.run(site, named, stages, System.out::println);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                say(e.getMessage());
                return false;
            }
        }
        return stages.allSucceeded();
    }

    private void install() throws IOException, InterruptedException {
        List<String> missing = new ArrayList<>();
        for (String program : List.of("nginx", "docker-registry", "git")) {
            if (Machine.find(program).isEmpty()) {
                missing.add(program);
            }
        }
        if (!missing.isEmpty() && !Machine.install(missing, options.work().resolve("install.log"))) {
            say("not here and not installed: " + String.join(", ", missing)
                    + " (stand-ins take their place where there is one)");
        }
    }

    private void report(boolean good) throws InterruptedException {
        System.out.println();
        System.out.print(stages.table());
        System.out.println();
        say(good ? "every stage succeeded" : "not every stage succeeded; the log of the build is above");
        if (!options.once()) {
            for (Examples.Named named : shown) {
                named.example().look(site).forEach(Demo::say);
            }
            say("the console       " + site.url() + "shera/");
            say("the builds        " + site.url() + "job/" + Tenants.FIRST + "/");
            say("sign in as        " + site.user() + " / " + site.password());
            say("for curl          -u " + site.user() + ":" + site.token());
            say("this is a stand-in for looking; production means Jenkins. Ctrl-C stops everything.");
            new CountDownLatch(1).await();
        }
    }

    private static void say(String line) {
        System.out.println("demo: " + line);
    }
}
