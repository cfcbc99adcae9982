    select
        a.name,
        upper(a.level),
        a.message,
        a.remedy
    from answers as a
    order by a.place
