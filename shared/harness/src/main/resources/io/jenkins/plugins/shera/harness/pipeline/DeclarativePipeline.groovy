import io.jenkins.plugins.shera.harness.pipeline.DeclarativeBlock
import io.jenkins.plugins.shera.harness.pipeline.DeclarativeCredentials
import io.jenkins.plugins.shera.harness.pipeline.DeclarativeResults

/** Runs a declarative Pipeline by the steps of the scripted one; compiled together with the script, so that it can be suspended. */
class DeclarativePipeline implements Serializable {
    private static final long serialVersionUID = 1L

    def script
    boolean failed

    DeclarativePipeline(script) {
        this.script = script
    }

    def run(Closure body) {
        DeclarativeBlock top = DeclarativeBlock.pipeline(body, script)
        DeclarativeResults.setProperties(top.parameters(), top.flag('disableConcurrentBuilds'))
        within(top, true) {
            withPost(top) {
                stages(top.stages())
            }
        }
    }

    def stages(List<DeclarativeBlock> all) {
        def problem = null
        for (DeclarativeBlock stage in all) {
            if (problem != null || failed) {
                skip(stage, "Stage \"${stage.name}\" skipped due to earlier failure(s)")
            } else {
                try {
                    one(stage)
                } catch (Throwable t) {
                    problem = t
                }
            }
        }
        if (problem != null) {
            throw problem
        }
    }

    def skip(DeclarativeBlock stage, String why) {
        script.stage(stage.name) {
            script.echo(why)
        }
    }

    def one(DeclarativeBlock stage) {
        script.stage(stage.name) {
            within(stage, false) {
                if (wanted(stage.when(), true)) {
                    if (stage.has('input')) {
                        script.input(stage.argument('input'))
                    }
                    withPost(stage) {
                        content(stage)
                    }
                } else {
                    script.echo("Stage \"${stage.name}\" skipped due to when conditional")
                }
            }
        }
    }

    def content(DeclarativeBlock stage) {
        if (stage.has('steps')) {
            stage.closure('steps').call()
        } else if (stage.has('stages')) {
            stages(stage.stages())
        } else {
            def branches = [:]
            for (DeclarativeBlock branch in stage.branches()) {
                DeclarativeBlock mine = branch
                branches.put(mine.name, { one(mine) })
            }
            if (stage.flag('failFast')) {
                branches.put('failFast', true)
            }
            script.parallel(branches)
        }
    }

    /** Puts agent, options and environment around the work. */
    def within(DeclarativeBlock block, boolean top, Closure work) {
        options(block.options()) {
            agent(block) {
                environment(block, work)
            }
        }
    }

    def options(List all, Closure work) {
        if (all.isEmpty()) {
            work.call()
        } else {
            def first = all[0]
            def rest = all.subList(1, all.size()).collect { it }
            if (first.name == 'timeout') {
                script.timeout(first.argument) { options(rest, work) }
            } else if (first.name == 'retry') {
                script.retry(first.argument) { options(rest, work) }
            } else {
                options(rest, work)
            }
        }
    }

    def agent(DeclarativeBlock block, Closure work) {
        if (block.needsNode()) {
            script.node(block.label()) { work.call() }
        } else {
            work.call()
        }
    }

    def environment(DeclarativeBlock block, Closure work) {
        variables(block.closure('environment'), 0, work)
    }

    /** One variable inside the other, so that each may use those before it. */
    def variables(Closure declared, int from, Closure work) {
        List all = DeclarativeBlock.assignments(declared, script)
        if (from >= all.size()) {
            work.call()
        } else if (all[from].value instanceof DeclarativeCredentials) {
            script.declarativeCredentials(variable: all[from].name, credentialsId: all[from].value.id) {
                variables(declared, from + 1, work)
            }
        } else {
            script.withEnv([all[from].name + '=' + all[from].value]) {
                variables(declared, from + 1, work)
            }
        }
    }

    boolean wanted(List conditions, boolean all) {
        for (condition in conditions) {
            boolean holds = holds(condition)
            if (holds != all) {
                return holds
            }
        }
        return all
    }

    boolean holds(condition) {
        switch (condition.name) {
            case 'expression':
                return condition.argument.call() as boolean
            case 'branch':
                return DeclarativeResults.branchMatches(condition.argument)
            case 'environment':
                return DeclarativeResults.variableIs(condition.argument)
            case 'not':
                return !wanted(DeclarativeBlock.conditions(condition.argument, script), true)
            case 'allOf':
                return wanted(DeclarativeBlock.conditions(condition.argument, script), true)
            default:
                return wanted(DeclarativeBlock.conditions(condition.argument, script), false)
        }
    }

    def withPost(DeclarativeBlock block, Closure work) {
        def problem = null
        try {
            work.call()
        } catch (Throwable t) {
            problem = t
            DeclarativeResults.note(t)
        }
        if (block.has('post')) {
            for (condition in DeclarativeBlock.postConditions(block.closure('post'), script)) {
                if (DeclarativeResults.holds(condition.name, problem)) {
                    try {
                        condition.argument.call()
                    } catch (Throwable t) {
                        script.echo("Error when executing ${condition.name} post condition:\n${t.message}")
                        problem = problem == null ? t : problem
                        DeclarativeResults.note(t)
                    }
                }
            }
        }
        if (problem != null) {
            throw problem
        }
    }
}
