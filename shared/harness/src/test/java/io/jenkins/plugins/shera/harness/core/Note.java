package io.jenkins.plugins.shera.harness.core;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.util.Secret;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import org.jenkinsci.Symbol;

/** Settings of these tests. */
@Extension
@Symbol("note")
public class Note extends GlobalConfiguration {
    private String text;
    private Secret secret;
    private List<String> lines = new ArrayList<>();

    /** Reads what was saved. */
    public Note() {
        load();
    }

    static Note get() {
        return ExtensionList.lookupSingleton(Note.class);
    }

    String text() {
        return text;
    }

    Secret secret() {
        return secret;
    }

    List<String> lines() {
        return lines;
    }

    void set(String text, String secret, String... lines) {
        this.text = text;
        this.secret = Secret.fromString(secret);
        this.lines = new ArrayList<>(List.of(lines));
        save();
    }
}
