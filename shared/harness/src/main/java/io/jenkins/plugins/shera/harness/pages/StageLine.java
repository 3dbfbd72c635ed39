package io.jenkins.plugins.shera.harness.pages;

/** One stage of a build: name, state, milliseconds so far. */
public final class StageLine {
    private final String name;
    private final String symbol;
    private final String state;
    private final long millis;

    StageLine(String name, String symbol, String state, long millis) {
        this.name = name;
        this.symbol = symbol;
        this.state = state;
        this.millis = millis;
    }

    public String getName() {
        return name;
    }

    public String getSymbol() {
        return symbol;
    }

    public String getState() {
        return state;
    }

    public long getMillis() {
        return millis;
    }
}
