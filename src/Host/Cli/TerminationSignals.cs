using System.Runtime.InteropServices;

namespace Pellucid.Host.Cli;

/// <summary>
/// Ctrl-C and termination signals: a command hears of them through its token and cleans up. However often they come they mean the
/// same; a command that has not stopped some seconds after the first is left behind and the process ends.
/// </summary>
internal sealed class TerminationSignals : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop;
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Begins to listen.</summary>
    /// <param name="cancellationToken">Stops a command as a signal does.</param>
    public TerminationSignals(CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];
    }

    /// <summary>Runs a command.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<int> RunAsync(Func<CancellationToken, Task<int>> command)
    {
        // On a thread of its own, because a command may compute for long before it first waits.
        Task<int> running = Task.Run(() => command(_stop.Token), CancellationToken.None);
        if (await Task.WhenAny(running, OverdueAsync(_stop.Token)) != running) throw new OperationCanceledException(_stop.Token);
        return await running;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        _stop.Dispose();
    }

    private static async Task OverdueAsync(CancellationToken stop)
    {
        await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(Patience, CancellationToken.None);
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _stop.Cancel();
    }
}
