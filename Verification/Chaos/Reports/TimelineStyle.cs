namespace Orleans.Paxos.Verification.Chaos.Reports;

/// <summary>The colours of the timeline in light and dark mode.</summary>
internal static class TimelineStyle
{
    public const string Css = """

        :root { --paper: #ffffff; --ink: #1f2328; --faint: #dce1e6; --acknowledged: #3178c6; --failed: #b7791f; --unknown: #d6249f; --kill: #d1242f; --pause: #8250df; --restart: #57606a; --wipe: #0f7b6c; }
        @media (prefers-color-scheme: dark) {
          :root { --paper: #0d1117; --ink: #e6edf3; --faint: #2b323b; --acknowledged: #58a6ff; --failed: #e3b341; --unknown: #ff7ad9; --kill: #da3633; --pause: #a371f7; --restart: #6e7681; --wipe: #39c5ad; }
        }
        .paper { fill: var(--paper); }
        text { fill: var(--ink); }
        line { stroke: var(--faint); }
        .title { font-size: 15px; font-weight: 600; }
        .end { text-anchor: end; }
        .middle { text-anchor: middle; }
        .label { font-size: 10px; font-weight: 600; fill: #ffffff; }
        .shade { opacity: 0.13; }
        .dots { fill: none; stroke-width: 2; stroke-linecap: round; stroke-opacity: 0.7; }
        .dots.failed, .dots.unknown { stroke-width: 5; stroke-opacity: 1; }
        .dots.acknowledged { stroke: var(--acknowledged); }
        .dots.failed { stroke: var(--failed); }
        .dots.unknown { stroke: var(--unknown); }
        rect.acknowledged { fill: var(--acknowledged); }
        rect.failed { fill: var(--failed); }
        rect.unknown { fill: var(--unknown); }
        rect.kill { fill: var(--kill); }
        rect.pause { fill: var(--pause); }
        rect.restart { fill: var(--restart); }
        rect.wipe { fill: var(--wipe); }

        """;
}
