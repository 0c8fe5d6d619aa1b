namespace Pellucid.Runtime.Sessions;

/// <summary>
/// A native resource that several threads use and one owner disposes of: it is released when it has been disposed of and
/// the last user has left, whichever comes last.
/// </summary>
internal abstract class Leased : IDisposable
{
    private readonly Lock _gate = new();
    private int _users;
    private bool _closed;
    private bool _released;

    /// <summary>Starts a use; false where the resource has been disposed of.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_closed) return false;
            _users++;
            return true;
        }
    }

    /// <summary>Ends a use.</summary>
    public void Exit() => Change(() => _users--);

    /// <summary>Allows no more uses.</summary>
    public void Dispose() => Change(() => _closed = true);

    /// <summary>Frees the resource. Called once.</summary>
    protected abstract void Release();

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            if (!_closed || _users > 0 || _released) return;
            _released = true;
        }

        Release();
    }
}
