namespace Orleans.Local;

/// <summary>A call with the type of its result; <see cref="Nothing"/> when it has none.</summary>
internal sealed class Call<TResult>(GrainProxy target, GrainMethod<TResult> method, object?[] arguments)
    : Call(target, method, arguments)
{
    private readonly TaskCompletionSource<TResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Activation? _activation;
    private Task? _work;
    private TResult? _result;
    private Exception? _failure;

    public override Task Task => _completion.Task;

    public Task<TResult> Result => _completion.Task;

    public override void Begin(Activation activation)
    {
        _activation = activation;
        try
        {
            _work = method.Invoke(activation.GrainInstance!, Arguments)
                ?? Task.FromException(new InvalidOperationException($"{activation.GrainInstance!.GetType()} returned null from {Method.Name}, not a task."));
        }
        catch (Exception exception)
        {
            _work = Task.FromException(exception);
        }

        // The continuation comes back to the activation's scheduler, so the end of a request is a turn of its grain too.
        if (_work.IsCompleted)
            End();
        else
            _work.GetAwaiter().UnsafeOnCompleted(End);
    }

    public override void Abandon(Exception exception)
    {
        if (_completion.TrySetException(exception))
            Place.Leave();
    }

    protected override void SetFailure(Exception exception) => _failure = exception;

    protected override void SetAnswer()
    {
        if (_failure is null ? _completion.TrySetResult(_result!) : _completion.TrySetException(_failure))
            Place.Leave();
        if (_failure is not null && Method.IsOneWay)
            Target.Caller.LogOneWayFailure(this, _failure);
    }

    private void End()
    {
        try
        {
            if (_work!.IsCompletedSuccessfully)
                _result = method.CopyResult(_work);
            else
                _failure = Failures.Admit(_work.Exception?.InnerException ?? new TaskCanceledException(_work));
        }
        catch (Exception exception)
        {
            _failure = exception;
        }

        Return(_activation!.Silo);
        _activation.End(this);
    }
}

/// <summary>The result of a method that has none.</summary>
internal readonly struct Nothing;
