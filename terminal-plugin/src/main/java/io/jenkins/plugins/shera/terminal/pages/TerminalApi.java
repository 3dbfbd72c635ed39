package io.jenkins.plugins.shera.terminal.pages;

import hudson.Extension;
import io.jenkins.plugins.shera.platform.extension.ApiDescription;

/** What terminal, files, debug copies and packaging answer. */
@Extension
public final class TerminalApi extends ApiDescription {}
